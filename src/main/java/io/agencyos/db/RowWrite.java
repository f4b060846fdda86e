package io.agencyos.db;

import java.util.ArrayList;
import java.util.List;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;

/**
 * A transaction of one statement, or a few that go with it, all of it sent at once: should the statement fail,
 * PostgreSQL makes a rollback of the commit that follows it.
 *
 * @param unit what a cancellation is told to
 * @param identity the actor's
 * @param claim what has to be taken before anything is written
 * @param sql the statement, whose rows are the answer
 * @param then what is to be done after it
 */
record RowWrite(WriteUnit unit, Identity identity, Claim claim, Sql sql, List<Sql> then) {

    Future<RowSet<Row>> on(SqlConnection connection) {
        if (unit.cancelled()) return connection.close().compose(x -> Future.failedFuture(Units.abandoned()));
        unit.took(((PgConnection) connection)::cancelRequest);
        return run(OutspokenPool.plain(connection))
                .eventually(() -> unit.giveBack())
                .eventually(() -> connection.close());
    }

    private Future<RowSet<Row>> run(SqlConnection connection) {
        var begun = connection.preparedQuery("begin").execute();
        var identified = identity.enter(connection);
        var ready = Future.join(begun, identified);
        return claim.take(connection)
                .compose(
                        x -> write(connection, ready),
                        lost -> connection.query("rollback").execute().compose(x -> Future.failedFuture(lost)));
    }

    private Future<RowSet<Row>> write(SqlConnection connection, Future<?> ready) {
        var made = connection.preparedQuery(sql.text()).execute(sql.values());
        var steps = new ArrayList<Future<?>>(List.of(ready, made));
        for (var more : then) steps.add(connection.preparedQuery(more.text()).execute(more.values()));
        steps.add(connection.preparedQuery("commit").execute());
        return Future.join(steps).transform(joined -> {
            // what comes behind a failure only says that the transaction is over
            for (var step : steps) if (step.failed()) return Future.failedFuture(step.cause());
            claim.committed();
            return made;
        });
    }
}
