package io.agencyos.assets;

import java.util.List;

import io.agencyos.db.Slice;
import io.agencyos.graphql.Connection;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

@Type("AssetConnection")
@Description("A page of assets")
public class AssetConnection extends Connection<Asset> {

    @Type("AssetEdge")
    @Description("An asset's place in a list")
    public record Edge(
            @NonNull @Description("Page from here") String cursor,
            @NonNull @Description("The asset") Asset node) {}

    public AssetConnection(Slice<Asset> slice) {
        super(slice);
    }

    @NonNull
    @Description("The assets with their cursors")
    public List<@NonNull Edge> getEdges() {
        return edges(Edge::new);
    }

    @NonNull
    @Description("The assets")
    public List<@NonNull Asset> getNodes() {
        return rows();
    }
}
