package io.agencyos.requests;

import java.util.List;

import io.agencyos.db.Slice;
import io.agencyos.graphql.Connection;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

@Type("RequestConnection")
@Description("A page of requests")
public class RequestConnection extends Connection<Request> {

    @Type("RequestEdge")
    @Description("A request's place in a list")
    public record Edge(
            @NonNull @Description("Page from here") String cursor,
            @NonNull @Description("The request") Request node) {}

    public RequestConnection(Slice<Request> slice) {
        super(slice);
    }

    @NonNull
    @Description("The requests with their cursors")
    public List<@NonNull Edge> getEdges() {
        return edges(Edge::new);
    }

    @NonNull
    @Description("The requests")
    public List<@NonNull Request> getNodes() {
        return rows();
    }
}
