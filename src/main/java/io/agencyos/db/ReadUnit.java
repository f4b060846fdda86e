package io.agencyos.db;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/**
 * One connection with one read-only transaction, so one snapshot, and the viewer's identity. It is opened by the first
 * statement. Statements are sent without waiting for one another; PostgreSQL takes them in order.
 */
final class ReadUnit {

    // a failed statement aborts a transaction: the savepoint leads back into it, on the same snapshot
    private static final String BEGIN = "begin isolation level repeatable read read only; savepoint reads";
    private static final String RESUME = "rollback to savepoint reads";
    private static final String ABORTED = "25P02";

    private final Pool pool;
    private final Tuple identity;
    private Future<PgConnection> opened;
    private Future<?> identified;
    private int running;
    private boolean ended;

    ReadUnit(Pool pool, Tuple identity) {
        this.pool = pool;
        this.identity = identity;
    }

    /** Runs a statement; whatever becomes of it, those that come after it run as well. */
    Future<RowSet<Row>> execute(Sql sql) {
        if (opened == null)
            opened = pool.getConnection().map(OutspokenPool::plain).map(this::begin);
        running++;
        return opened.compose(connection -> execute(connection, sql)).onComplete(x -> running--);
    }

    private PgConnection begin(PgConnection connection) {
        connection.query(BEGIN).execute();
        identify(connection);
        return connection;
    }

    private void identify(PgConnection connection) {
        identified = connection.preparedQuery(Db.IDENTITY.text()).execute(identity);
    }

    private Future<RowSet<Row>> execute(PgConnection connection, Sql sql) {
        if (ended) return Future.failedFuture(new IllegalStateException("The unit has ended"));
        return connection
                .preparedQuery(sql.text())
                .execute(sql.values())
                .recover(failure -> afterFailure(connection, sql, SqlErrors.in(failure), failure));
    }

    private Future<RowSet<Row>> afterFailure(PgConnection connection, Sql sql, PgException error, Throwable failure) {
        if (error == null || ended) return Future.failedFuture(failure);
        // it did nothing wrong itself: one before it failed, whose failure has led the transaction back by now
        if (error.getSqlState().equals(ABORTED)) return identified.compose(x -> execute(connection, sql));
        connection.query(RESUME).execute();
        identify(connection);
        return Future.failedFuture(failure);
    }

    /** Ends the transaction and gives the connection back. */
    Future<Void> end() {
        return end(false);
    }

    /** The same, giving up what still runs. */
    Future<Void> cancel() {
        return end(running > 0);
    }

    private Future<Void> end(boolean cancelling) {
        if (ended || opened == null) {
            ended = true;
            return Future.succeededFuture();
        }
        ended = true;
        return opened.compose(connection -> cancelled(connection, cancelling)
                .eventually(() -> connection.query("rollback").execute())
                .eventually(() -> connection.close()));
    }

    private static Future<Void> cancelled(PgConnection connection, boolean cancelling) {
        return cancelling ? connection.cancelRequest() : Future.succeededFuture();
    }
}
