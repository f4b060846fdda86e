package io.agencyos.tasks;

import java.util.List;
import java.util.UUID;

import io.agencyos.db.Filter;
import io.agencyos.db.Page;
import io.agencyos.db.Sort;
import io.agencyos.db.Sql;
import io.agencyos.db.Versioned;
import io.agencyos.graphql.Nodes;
import io.agencyos.profiles.Profile;
import io.agencyos.realtime.Live;
import io.agencyos.realtime.Scope;
import io.agencyos.requests.Request;
import io.smallrye.graphql.api.Subscription;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;

/** What GraphQL offers on tasks, and the tasks of a request. */
@GraphQLApi
public class ProjectTaskApi {

    private final Nodes nodes;
    private final Live live;

    ProjectTaskApi(Nodes nodes, Live live) {
        this.nodes = nodes;
        this.live = live;
    }

    @Query
    @Description("One task")
    public Uni<ProjectTask> projectTask(@Id @NonNull @Description("The task's id") UUID id) {
        return nodes.byId(ProjectTask.class, id);
    }

    @NonNull
    @Description("The request's tasks, those below others included")
    public Uni<List<ProjectTaskConnection>> tasks(
            @Source List<Request> of,
            @Description("Only those that fulfil this") ProjectTaskFilter filter,
            @Description("In which order; that which people gave them unless given") List<ProjectTaskOrder> orderBy,
            @Description("How many at most from the start, 0 to 100; 50 unless given") Integer first,
            @Description("Behind this cursor") String after,
            @Description("How many at most from the end, 0 to 100") Integer last,
            @Description("Before this cursor") String before) {
        return pages(
                of,
                "request_id = parent.id",
                Filter.where(filter),
                ProjectTaskOrder.sorts(orderBy),
                new Page(first, after, last, before));
    }

    @NonNull
    @Description("The tasks that are part of the task")
    public Uni<List<ProjectTaskConnection>> subtasks(
            @Source List<ProjectTask> of,
            @Description("Only those that fulfil this") ProjectTaskFilter filter,
            @Description("In which order; that which people gave them unless given") List<ProjectTaskOrder> orderBy,
            @Description("How many at most from the start, 0 to 100; 50 unless given") Integer first,
            @Description("Behind this cursor") String after,
            @Description("How many at most from the end, 0 to 100") Integer last,
            @Description("Before this cursor") String before) {
        return pages(
                of,
                "parent_task_id = parent.id",
                Filter.where(filter),
                ProjectTaskOrder.sorts(orderBy),
                new Page(first, after, last, before));
    }

    private Uni<List<ProjectTaskConnection>> pages(
            List<? extends Versioned> of, String relation, Sql where, List<Sort> order, Page page) {
        return nodes.pages(Nodes.ids(of), relation, ProjectTask.class, where, order, page, ProjectTaskConnection::new);
    }

    @NonNull
    @Description("How many tasks in all; counted only when asked for")
    public Uni<List<Integer>> totalCount(@Source List<ProjectTaskConnection> of) {
        return nodes.counts(of);
    }

    @Description("The request it is a step of")
    public Uni<List<Request>> request(@Source List<ProjectTask> of) {
        return nodes.of(of, "requestId", Request.class);
    }

    @Description("Who has to do it")
    public Uni<List<Profile>> assignedTo(@Source List<ProjectTask> of) {
        return nodes.of(of, "assignedTo", Profile.class);
    }

    @Description("The task it is part of")
    public Uni<List<ProjectTask>> parentTask(@Source List<ProjectTask> of) {
        return nodes.of(of, "parentTaskId", ProjectTask.class);
    }

    @Subscription
    @NonNull
    @Description("Tasks that are made, changed, removed, or that come into or go out of the viewer's sight")
    public Multi<ProjectTaskChange> projectTaskChanged(
            @Id @Description("Of this request only") UUID requestId,
            @Description("Resume behind this cursor; unless given, from now on") String after) {
        return live.follow(ProjectTask.class, "project_tasks", Scope.of("request_id", requestId), null, after)
                .map(ProjectTaskChange::new);
    }
}
