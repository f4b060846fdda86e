package io.agencyos.requests;

import java.util.List;

import io.agencyos.db.Slice;
import io.agencyos.graphql.Connection;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

@Type("StatusChangeConnection")
@Description("A page of status changes")
public class StatusChangeConnection extends Connection<StatusChange> {

    @Type("StatusChangeEdge")
    @Description("A status change's place in a list")
    public record Edge(
            @NonNull @Description("Page from here") String cursor,
            @NonNull @Description("The status change") StatusChange node) {}

    public StatusChangeConnection(Slice<StatusChange> slice) {
        super(slice);
    }

    @NonNull
    @Description("The status changes with their cursors")
    public List<@NonNull Edge> getEdges() {
        return edges(Edge::new);
    }

    @NonNull
    @Description("The status changes")
    public List<@NonNull StatusChange> getNodes() {
        return rows();
    }
}
