package io.agencyos.tasks;

import java.util.List;

import io.agencyos.db.Slice;
import io.agencyos.graphql.Connection;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

@Type("ProjectTaskConnection")
@Description("A page of tasks")
public class ProjectTaskConnection extends Connection<ProjectTask> {

    @Type("ProjectTaskEdge")
    @Description("A task's place in a list")
    public record Edge(
            @NonNull @Description("Page from here") String cursor,
            @NonNull @Description("The task") ProjectTask node) {}

    public ProjectTaskConnection(Slice<ProjectTask> slice) {
        super(slice);
    }

    @NonNull
    @Description("The tasks with their cursors")
    public List<@NonNull Edge> getEdges() {
        return edges(Edge::new);
    }

    @NonNull
    @Description("The tasks")
    public List<@NonNull ProjectTask> getNodes() {
        return rows();
    }
}
