package io.agencyos.activity;

import java.util.List;
import java.util.UUID;

import jakarta.validation.Valid;

import io.agencyos.db.Db;
import io.agencyos.db.Locked;
import io.agencyos.db.Sql;
import io.agencyos.graphql.Given;
import io.agencyos.graphql.Nodes;
import io.agencyos.realtime.LiveConfig;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** What GraphQL offers administrators on how long things are kept. */
@GraphQLApi
public class RetentionApi {

    private final Db db;
    private final Nodes nodes;
    private final LiveConfig live;

    RetentionApi(Db db, Nodes nodes, LiveConfig live) {
        this.db = db;
        this.nodes = nodes;
        this.live = live;
    }

    @Query
    @NonNull
    @Description("For how long what is kept; empty for all but administrators")
    public Uni<List<@NonNull RetentionPolicy>> retentionPolicies() {
        return db.read(reads -> reads.all(RetentionPolicy.class, Sql.of("true order by entity_type")));
    }

    @Query
    @NonNull
    @Description("What the housekeeping would do now, which it is not asked to, and what it did the last time (admin)")
    public Uni<List<@NonNull RetentionTask>> retentionPlan() {
        var plan = Sql.of("select * from retention_plan(?)", live.retention());
        return db.read(reads -> reads.rows(plan, RetentionTask::of));
    }

    @Mutation
    @NonNull
    @Description("Changes for how long something is kept; what is then too old goes with the next run (admin)")
    public Uni<RetentionPolicy> updateRetentionPolicy(
            @Id @NonNull @Description("The policy's id") UUID id,
            @Valid @NonNull @Description("What to change") EditRetentionPolicy input,
            @Description("Only if the policy is still in this version") Integer ifVersion) {
        var patch = Given.patch(input);
        return db.write(() -> Locked.find(RetentionPolicy.class, id, ifVersion).invoke(patch::applyTo))
                .chain(x -> nodes.byId(RetentionPolicy.class, id));
    }
}
