package io.agencyos.review;

import java.util.List;
import java.util.UUID;

import jakarta.json.JsonValue;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

@Input("UpdateTimecodeCommentInput")
@Description("What to change of a comment on a film; what is absent stays, what is null is removed")
public record EditTimecodeComment(
        @Pattern(regexp = "(?s).*\\S.*", message = "must not be blank") @Size(max = 20_000) @Description("The text")
        String content,

        @Description("The place, in seconds from the start: the nearest frame is meant")
        Double timecodeSeconds,

        @Description("The exact place, from 0; it counts before the seconds where the frame rate is known")
        Integer frame,

        @Description("The last frame, where it is about more than one")
        Integer endFrame,

        @Description("Shapes on the frame, see docs/drawings.md")
        JsonValue drawing,

        @Size(max = 50) @Id @Description("Whom it mentions from now on; who is new among them is told")
        List<UUID> mentionIds,

        @Size(max = 50) @Id @Description("Which files belong to it from now on: assets of the same request")
        List<UUID> attachmentIds) {}
