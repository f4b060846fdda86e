package io.agencyos.activity;

import java.util.List;

import io.agencyos.db.Slice;
import io.agencyos.graphql.Connection;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

@Type("ActivityConnection")
@Description("A page of deeds")
public class ActivityConnection extends Connection<Activity> {

    @Type("ActivityEdge")
    @Description("A deed's place in a list")
    public record Edge(
            @NonNull @Description("Page from here") String cursor,
            @NonNull @Description("The deed") Activity node) {}

    public ActivityConnection(Slice<Activity> slice) {
        super(slice);
    }

    @NonNull
    @Description("The deeds with their cursors")
    public List<@NonNull Edge> getEdges() {
        return edges(Edge::new);
    }

    @NonNull
    @Description("The deeds")
    public List<@NonNull Activity> getNodes() {
        return rows();
    }
}
