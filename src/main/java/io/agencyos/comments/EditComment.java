package io.agencyos.comments;

import jakarta.validation.constraints.Size;

import io.agencyos.db.SomeText;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("UpdateCommentInput")
@Description("What to change of a comment; what is absent stays, what is null is removed")
public record EditComment(
        @SomeText @Size(max = 20_000) @Description("The text")
        String content,

        @Description("Where on the picture, from the left") Double positionX,
        @Description("Where on the picture, from the top") Double positionY) {}
