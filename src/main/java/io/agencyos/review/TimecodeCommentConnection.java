package io.agencyos.review;

import java.util.List;

import io.agencyos.db.Slice;
import io.agencyos.graphql.Connection;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

@Type("TimecodeCommentConnection")
@Description("A page of comments")
public class TimecodeCommentConnection extends Connection<TimecodeComment> {

    @Type("TimecodeCommentEdge")
    @Description("A comment's place in a list")
    public record Edge(
            @NonNull @Description("Page from here") String cursor,
            @NonNull @Description("The comment") TimecodeComment node) {}

    public TimecodeCommentConnection(Slice<TimecodeComment> slice) {
        super(slice);
    }

    @NonNull
    @Description("The comments with their cursors")
    public List<@NonNull Edge> getEdges() {
        return edges(Edge::new);
    }

    @NonNull
    @Description("The comments")
    public List<@NonNull TimecodeComment> getNodes() {
        return rows();
    }
}
