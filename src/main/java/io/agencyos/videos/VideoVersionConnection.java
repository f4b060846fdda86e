package io.agencyos.videos;

import java.util.List;

import io.agencyos.db.Slice;
import io.agencyos.graphql.Connection;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

@Type("VideoVersionConnection")
@Description("A page of versions")
public class VideoVersionConnection extends Connection<VideoVersion> {

    @Type("VideoVersionEdge")
    @Description("A version's place in a list")
    public record Edge(
            @NonNull @Description("Page from here") String cursor,
            @NonNull @Description("The version") VideoVersion node) {}

    public VideoVersionConnection(Slice<VideoVersion> slice) {
        super(slice);
    }

    @NonNull
    @Description("The versions with their cursors")
    public List<@NonNull Edge> getEdges() {
        return edges(Edge::new);
    }

    @NonNull
    @Description("The versions")
    public List<@NonNull VideoVersion> getNodes() {
        return rows();
    }
}
