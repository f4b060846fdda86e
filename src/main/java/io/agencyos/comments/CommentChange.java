package io.agencyos.comments;

import java.time.OffsetDateTime;
import java.util.List;

import io.agencyos.realtime.Change;
import io.agencyos.realtime.Operation;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

@Type("CommentChange")
@Description("A change of one comment")
public record CommentChange(
        @NonNull @Description("The stream can be resumed from here")
        String cursor,

        @NonNull @Description("What happened") Operation operation,

        @Id @Description("Which comment; none in the first message, LIVE")
        String id,

        @NonNull @Description("What an update changed") List<@NonNull String> changedFields,
        @NonNull @Description("When") OffsetDateTime at,

        @Description("The comment as the viewer may see it now; null when it is gone")
        Comment node) {

    CommentChange(Change<Comment> change) {
        this(change.cursor(), change.operation(), change.id(), change.changedFields(), change.at(), change.node());
    }
}
