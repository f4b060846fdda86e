package io.agencyos.review;

import java.util.List;

import io.agencyos.db.Slice;
import io.agencyos.graphql.Connection;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

@Type("CommentNotificationConnection")
@Description("A page of notices")
public class CommentNotificationConnection extends Connection<CommentNotification> {

    @Type("CommentNotificationEdge")
    @Description("A notice's place in a list")
    public record Edge(
            @NonNull @Description("Page from here") String cursor,
            @NonNull @Description("The notice") CommentNotification node) {}

    public CommentNotificationConnection(Slice<CommentNotification> slice) {
        super(slice);
    }

    @NonNull
    @Description("The notices with their cursors")
    public List<@NonNull Edge> getEdges() {
        return edges(Edge::new);
    }

    @NonNull
    @Description("The notices")
    public List<@NonNull CommentNotification> getNodes() {
        return rows();
    }
}
