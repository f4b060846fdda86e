package io.agencyos.db;

import java.util.function.Supplier;

import io.agencyos.telemetry.Tracing;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;

/**
 * One connection with one read-only transaction, so one snapshot, and the viewer's identity. It is opened by the first
 * statement. Statements are sent without waiting for one another; PostgreSQL takes them in order.
 */
final class ReadUnit {

    private static final String BEGIN = "begin isolation level repeatable read read only";
    // a failed statement aborts a transaction: the savepoint leads back into it, on the same snapshot
    private static final String SAVE = "savepoint reads";
    private static final String RESUME = "rollback to savepoint reads";
    private static final String ROLLBACK = "rollback";
    private static final String ABORTED = "25P02";

    private final Supplier<Future<SqlConnection>> server;
    private final Supplier<Future<SqlConnection>> instead;
    private final Identity identity;
    private Future<SqlConnection> opened;
    private Future<?> entered;
    private Future<?> saved;
    private int sent;
    private int running;
    private boolean answered;
    private boolean ended;

    /** A unit on a connection of {@code server}, which is asked for one at the first statement. */
    ReadUnit(Supplier<Future<SqlConnection>> server, Identity identity) {
        this(server, null, identity);
    }

    /** The same, which goes over to {@code instead} when the connection is lost before anything has been found. */
    ReadUnit(Supplier<Future<SqlConnection>> server, Supplier<Future<SqlConnection>> instead, Identity identity) {
        this.server = server;
        this.instead = instead;
        this.identity = identity;
    }

    /** Runs a statement; whatever becomes of it, those that come after it run as well. */
    Future<RowSet<Row>> execute(Sql sql) {
        if (ended) return over();
        if (opened == null) opened = server.get().map(this::begin);
        running++;
        var used = opened;
        var done = used.compose(Tracing.carried(connection -> execute(connection, sql)));
        if (instead != null) done = done.onSuccess(x -> answered = true);
        if (instead != null) done = done.recover(failure -> again(used, sql, failure));
        return done.onComplete(x -> running--);
    }

    private Future<RowSet<Row>> again(Future<SqlConnection> used, Sql sql, Throwable failure) {
        if (ended || answered || !isLost(failure)) return Future.failedFuture(failure);
        // the first one to find it out goes over, the others follow
        if (opened == used) {
            used.onSuccess(SqlConnection::close);
            opened = instead.get().map(this::begin);
        }
        return opened.compose(connection -> execute(connection, sql));
    }

    /** Whether the server has gone: what it answers itself is an error of the statement's, but for its farewell. */
    private static boolean isLost(Throwable failure) {
        var error = SqlErrors.in(failure);
        return error == null || error.getSqlState().startsWith("57P");
    }

    private static <T> Future<T> over() {
        return Future.failedFuture(Units.abandoned());
    }

    private SqlConnection begin(SqlConnection connection) {
        // who has given up while waiting for the connection has no use for it
        if (!ended) enter(OutspokenPool.plain(connection));
        return connection;
    }

    private void enter(SqlConnection plain) {
        var begun = plain.preparedQuery(BEGIN).execute();
        var identified = identity.enter(plain);
        entered = begun.compose(x -> identified);
        saved = null;
        sent = 0;
    }

    private Future<RowSet<Row>> execute(SqlConnection connection, Sql sql) {
        if (ended) return over();
        var plain = OutspokenPool.plain(connection);
        // with one statement there is nothing to come back to
        if (sent++ == 1) saved = plain.preparedQuery(SAVE).execute();
        var under = entered;
        return plain.preparedQuery(sql.text())
                .execute(sql.values())
                .recover(failure -> afterFailure(connection, sql, SqlErrors.in(failure), failure))
                // what it found outside of the transaction, or as nobody, is no answer
                .compose(rows -> under.map(rows));
    }

    private Future<RowSet<Row>> afterFailure(SqlConnection connection, Sql sql, PgException error, Throwable failure) {
        if (error == null || ended) return Future.failedFuture(failure);
        // it did nothing wrong itself: one before it failed, whose failure has led the transaction back by now
        if (error.getSqlState().equals(ABORTED)) return entered.compose(x -> execute(connection, sql));
        resume(OutspokenPool.plain(connection));
        return Future.failedFuture(failure);
    }

    /** Back to the savepoint; before there is one nothing has been found, and another snapshot is as good. */
    private void resume(SqlConnection plain) {
        if (saved != null && saved.succeeded()) {
            entered = plain.preparedQuery(RESUME).execute();
            return;
        }
        plain.preparedQuery(ROLLBACK).execute();
        enter(plain);
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
        var begun = entered != null;
        var first = !ended;
        ended = true;
        if (!first || opened == null) return Future.succeededFuture();
        // what cannot be rolled back is gone together with its connection, and what was never opened needs no end
        return opened.compose(connection -> {
                    var left = begun ? leave(connection, cancelling) : Future.succeededFuture();
                    return left.eventually(() -> connection.close());
                })
                .otherwiseEmpty()
                .mapEmpty();
    }

    private static Future<?> leave(SqlConnection connection, boolean cancelling) {
        var cancelled = cancelling ? ((PgConnection) connection).cancelRequest() : Future.succeededFuture();
        return cancelled.eventually(
                () -> OutspokenPool.plain(connection).preparedQuery(ROLLBACK).execute());
    }
}
