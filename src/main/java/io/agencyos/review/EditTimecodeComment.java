package io.agencyos.review;

import java.util.List;
import java.util.UUID;

import jakarta.json.JsonValue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Size;

import io.agencyos.db.SomeText;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

@Input("UpdateTimecodeCommentInput")
@Description("What to change of a comment on a film; what is absent stays, what is null is removed")
public record EditTimecodeComment(
        @SomeText @Size(max = 20_000) @Description("The text")
        String content,

        @Description("The place, in seconds from the start: the nearest frame is meant. It is said in one way")
        @DecimalMax("9999999")
        Double timecodeSeconds,

        @Description("The place as a frame, from 0; only where the frame rate is known")
        Integer frame,

        @Description("The place as a SMPTE timecode; only where the frame rate is known")
        String timecode,

        @Description("The end in seconds, where it is about more than one moment; null removes it")
        @DecimalMax("9999999")
        Double endTimecodeSeconds,

        @Description("The end as the last frame; null removes it")
        Integer endFrame,

        @Description("The end as the timecode of the last frame; null removes it")
        String endTimecode,

        @Description("Shapes on the frame, see docs/drawings.md")
        JsonValue drawing,

        @Size(max = 50) @Id @Description("Whom it mentions from now on; who is new among them is told")
        List<UUID> mentionIds,

        @Size(max = 50) @Id @Description("Which files belong to it from now on: assets of the same request")
        List<UUID> attachmentIds) {}
