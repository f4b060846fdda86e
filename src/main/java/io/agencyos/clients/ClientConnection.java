package io.agencyos.clients;

import java.util.List;

import io.agencyos.db.Slice;
import io.agencyos.graphql.Connection;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

@Type("ClientConnection")
@Description("A page of clients")
public class ClientConnection extends Connection<Client> {

    @Type("ClientEdge")
    @Description("A client's place in a list")
    public record Edge(
            @NonNull @Description("Page from here") String cursor,
            @NonNull @Description("The client") Client node) {}

    public ClientConnection(Slice<Client> slice) {
        super(slice);
    }

    @NonNull
    @Description("The clients with their cursors")
    public List<@NonNull Edge> getEdges() {
        return edges(Edge::new);
    }

    @NonNull
    @Description("The clients")
    public List<@NonNull Client> getNodes() {
        return rows();
    }
}
