package io.agencyos.monitoring;

import io.agencyos.db.Refusal;
import io.agencyos.security.CurrentActor;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** What GraphQL tells administrators of how the application does. */
@GraphQLApi
public class MonitoringApi {

    private static final int USUAL = 20;
    private static final int MOST = 100;

    private final SlowStatements statements;

    MonitoringApi(SlowStatements statements) {
        this.statements = statements;
    }

    @Query
    @NonNull
    @Description(
            "The kinds of statements that take long on average, from PostgreSQL's own figures; administrators only")
    public Uni<SlowStatementReport> slowStatements(
            @Description("How many at most, 1 to 100; 20 unless given") Integer first) {
        if (!CurrentActor.get().isAdmin()) throw Refusal.forbidden("Only administrators may see how the database does");
        var most = first == null ? USUAL : first;
        if (most < 1 || most > MOST) throw Refusal.invalid("first", "first has to be 1 to " + MOST);
        return statements.report(most);
    }
}
