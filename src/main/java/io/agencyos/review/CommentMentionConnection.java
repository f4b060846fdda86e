package io.agencyos.review;

import java.util.List;

import io.agencyos.db.Slice;
import io.agencyos.graphql.Connection;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

@Type("CommentMentionConnection")
@Description("A page of mentions")
public class CommentMentionConnection extends Connection<CommentMention> {

    @Type("CommentMentionEdge")
    @Description("A mention's place in a list")
    public record Edge(
            @NonNull @Description("Page from here") String cursor,
            @NonNull @Description("The mention") CommentMention node) {}

    public CommentMentionConnection(Slice<CommentMention> slice) {
        super(slice);
    }

    @NonNull
    @Description("The mentions with their cursors")
    public List<@NonNull Edge> getEdges() {
        return edges(Edge::new);
    }

    @NonNull
    @Description("The mentions")
    public List<@NonNull CommentMention> getNodes() {
        return rows();
    }
}
