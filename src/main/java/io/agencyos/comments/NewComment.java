package io.agencyos.comments;

import java.util.UUID;

import jakarta.validation.constraints.Size;

import io.agencyos.db.SomeText;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

@Input("CreateCommentInput")
@Description("A comment to be made")
public record NewComment(
        @Id @Description("A key made by the caller, so that a repeated call makes nothing twice")
        UUID id,

        @Id @NonNull @Description("The request it is about") UUID requestId,

        @Id @Description("Which of the request's assets it is about")
        UUID assetId,

        @NonNull @SomeText @Size(max = 20_000) @Description("The text")
        String content,

        @Id @Description("The comment it replies to, on the same request")
        UUID parentCommentId,

        @Description("Where on the picture, from the left") Double positionX,
        @Description("Where on the picture, from the top") Double positionY,

        @Description("Whether only staff may see it; a reply to an internal comment always is")
        Boolean isInternal) {

    Comment toComment(UUID author) {
        var comment = new Comment();
        comment.id = id == null ? UUID.randomUUID() : id;
        comment.requestId = requestId;
        comment.assetId = assetId;
        comment.userId = author;
        comment.content = content;
        comment.parentCommentId = parentCommentId;
        comment.positionX = positionX;
        comment.positionY = positionY;
        comment.isInternal = Boolean.TRUE.equals(isInternal);
        return comment;
    }
}
