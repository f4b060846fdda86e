package io.agencyos.activity;

import java.util.List;

import io.agencyos.db.Page;
import io.agencyos.db.Refusal;
import io.agencyos.db.Sort;
import io.agencyos.db.Sql;
import io.agencyos.graphql.Nodes;
import io.agencyos.profiles.Profile;
import io.agencyos.requests.Request;
import io.agencyos.security.CurrentActor;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;

/** What GraphQL shows of the activity log. */
@GraphQLApi
@RegisterForReflection
public class ActivityApi {

    private static final List<Sort> LATEST = List.of(new Sort("created_at", "timestamptz", true, false));

    private final Nodes nodes;

    ActivityApi(Nodes nodes) {
        this.nodes = nodes;
    }

    @NonNull
    @Description("Who did what to the request and to what hangs on it, the latest first; staff only, empty for others")
    public Uni<List<ActivityConnection>> activity(
            @Source List<Request> of,
            @Description("How many at most from the start, 0 to 100; 50 unless given") Integer first,
            @Description("Behind this cursor") String after,
            @Description("How many at most from the end, 0 to 100") Integer last,
            @Description("Before this cursor") String before) {
        var page = new Page(first, after, last, before);
        return nodes.pages(
                Nodes.ids(of),
                "request_id = parent.id",
                Activity.class,
                Sql.of("true"),
                LATEST,
                page,
                ActivityConnection::new);
    }

    @Query
    @NonNull
    @Description("Who set what, and what it was before: connections to platforms, rules, channels, notifications,"
            + " retention, members of clients; the latest first. Administrators only")
    public Uni<ActivityConnection> configurationChanges(
            @Description("How many at most from the start, 0 to 100; 50 unless given") Integer first,
            @Description("Behind this cursor") String after,
            @Description("How many at most from the end, 0 to 100") Integer last,
            @Description("Before this cursor") String before) {
        if (!CurrentActor.get().isAdmin()) throw Refusal.forbidden("Only administrators may see who set what");
        var page = new Page(first, after, last, before);
        return nodes.page(
                Activity.class, Sql.of("is_configuration(entity_type)"), LATEST, page, ActivityConnection::new);
    }

    @NonNull
    @Description("How many deeds in all; counted only when asked for")
    public Uni<List<Integer>> totalCount(@Source List<ActivityConnection> of) {
        return nodes.counts(of);
    }

    @Description("Who did it; nobody when it was the application itself")
    public Uni<List<Profile>> user(@Source List<Activity> of) {
        return nodes.of(of, "userId", Profile.class);
    }
}
