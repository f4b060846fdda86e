package io.agencyos.review;

import java.util.List;

import io.agencyos.db.Slice;
import io.agencyos.graphql.Connection;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

@Type("VideoReviewerConnection")
@Description("A page of reviewers")
public class VideoReviewerConnection extends Connection<VideoReviewer> {

    @Type("VideoReviewerEdge")
    @Description("A reviewer's place in a list")
    public record Edge(
            @NonNull @Description("Page from here") String cursor,
            @NonNull @Description("The reviewer") VideoReviewer node) {}

    public VideoReviewerConnection(Slice<VideoReviewer> slice) {
        super(slice);
    }

    @NonNull
    @Description("The reviewers with their cursors")
    public List<@NonNull Edge> getEdges() {
        return edges(Edge::new);
    }

    @NonNull
    @Description("The reviewers")
    public List<@NonNull VideoReviewer> getNodes() {
        return rows();
    }
}
