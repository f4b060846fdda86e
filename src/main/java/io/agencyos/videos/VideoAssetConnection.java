package io.agencyos.videos;

import java.util.List;

import io.agencyos.db.Slice;
import io.agencyos.graphql.Connection;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

@Type("VideoAssetConnection")
@Description("A page of videos")
public class VideoAssetConnection extends Connection<VideoAsset> {

    @Type("VideoAssetEdge")
    @Description("A video's place in a list")
    public record Edge(
            @NonNull @Description("Page from here") String cursor,
            @NonNull @Description("The video") VideoAsset node) {}

    public VideoAssetConnection(Slice<VideoAsset> slice) {
        super(slice);
    }

    @NonNull
    @Description("The videos with their cursors")
    public List<@NonNull Edge> getEdges() {
        return edges(Edge::new);
    }

    @NonNull
    @Description("The videos")
    public List<@NonNull VideoAsset> getNodes() {
        return rows();
    }
}
