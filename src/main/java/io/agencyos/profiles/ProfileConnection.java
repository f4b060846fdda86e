package io.agencyos.profiles;

import java.util.List;

import io.agencyos.db.Slice;
import io.agencyos.graphql.Connection;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

@Type("ProfileConnection")
@Description("A page of people")
public class ProfileConnection extends Connection<Profile> {

    @Type("ProfileEdge")
    @Description("A person's place in a list")
    public record Edge(
            @NonNull @Description("Page from here") String cursor,
            @NonNull @Description("The person") Profile node) {}

    public ProfileConnection(Slice<Profile> slice) {
        super(slice);
    }

    @NonNull
    @Description("The people with their cursors")
    public List<@NonNull Edge> getEdges() {
        return edges(Edge::new);
    }

    @NonNull
    @Description("The people")
    public List<@NonNull Profile> getNodes() {
        return rows();
    }
}
