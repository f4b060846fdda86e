package io.agencyos.review;

import java.util.List;

import io.agencyos.db.Slice;
import io.agencyos.graphql.Connection;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

@Type("VersionApprovalConnection")
@Description("A page of decisions")
public class VersionApprovalConnection extends Connection<VersionApproval> {

    @Type("VersionApprovalEdge")
    @Description("A decision's place in a list")
    public record Edge(
            @NonNull @Description("Page from here") String cursor,
            @NonNull @Description("The decision") VersionApproval node) {}

    public VersionApprovalConnection(Slice<VersionApproval> slice) {
        super(slice);
    }

    @NonNull
    @Description("The decisions with their cursors")
    public List<@NonNull Edge> getEdges() {
        return edges(Edge::new);
    }

    @NonNull
    @Description("The decisions")
    public List<@NonNull VersionApproval> getNodes() {
        return rows();
    }
}
