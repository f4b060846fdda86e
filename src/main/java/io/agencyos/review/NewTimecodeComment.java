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
import org.eclipse.microprofile.graphql.NonNull;

@Input("CreateTimecodeCommentInput")
@Description("A comment on a film to be made")
public record NewTimecodeComment(
        @Id @Description("A key made by the caller, so that a repeated call makes nothing twice")
        UUID id,

        @Id @NonNull @Description("The version it is about") UUID videoVersionId,

        @Description(
                "The place, in seconds from the start: the nearest frame is meant. The place is said in one way: in"
                        + " seconds, as a frame, or as a timecode; where a reply says nothing it stands where its comment"
                        + " does")
        @DecimalMax("9999999")
        Double timecodeSeconds,

        @Description("The place as a frame, from 0; only where the frame rate is known")
        Integer frame,

        @Description("The place as a SMPTE timecode, counted from the film's start timecode; only where the frame rate"
                + " is known")
        String timecode,

        @Description("The end in seconds, where it is about more than one moment: the nearest frame is meant")
        @DecimalMax("9999999")
        Double endTimecodeSeconds,

        @Description("The end as the last frame, where it is about more than one")
        Integer endFrame,

        @Description("The end as the timecode of the last frame, where it is about more than one")
        String endTimecode,

        @NonNull @SomeText @Size(max = 20_000) @Description("The text")
        String content,

        @Id @Description("The comment it replies to, on the same version")
        UUID parentCommentId,

        @Description("Whether only staff may see it; a reply to an internal comment always is")
        Boolean isInternal,

        @Description("Shapes on the frame, see docs/drawings.md")
        JsonValue drawing,

        @Size(max = 50) @Id @Description("Whom it mentions: people who may see it")
        List<UUID> mentionIds,

        @Size(max = 50) @Id @Description("Files that belong to it: assets of the same request")
        List<UUID> attachmentIds) {

    TimecodeComment toComment(UUID author) {
        var comment = new TimecodeComment();
        comment.id = id == null ? UUID.randomUUID() : id;
        comment.videoVersionId = videoVersionId;
        comment.authorId = author;
        comment.content = content;
        comment.parentCommentId = parentCommentId;
        comment.isInternal = Boolean.TRUE.equals(isInternal);
        comment.drawing = Drawing.checked(drawing);
        comment.attachments = Attachments.of(attachmentIds);
        return comment;
    }
}
