package io.agencyos.db;

import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;

/**
 * The connection under a write unit, which Hibernate keeps to itself: it is told here when it is taken, so that what runs
 * on it can be cancelled.
 */
final class WriteUnit {

    private static final String KEY = WriteUnit.class.getName();

    private PgConnection connection;
    private Future<Void> cancelling = Future.succeededFuture();
    private boolean cancelled;

    WriteUnit on(Context context) {
        context.putLocal(KEY, this);
        return this;
    }

    /** The one whose connection is being taken or given back on the current context, or null. */
    static WriteUnit current() {
        var context = Vertx.currentContext();
        return context == null || !VertxContext.isDuplicatedContext(context) ? null : context.getLocal(KEY);
    }

    void took(PgConnection taken) {
        connection = taken;
    }

    /** Completes when the connection may go back: a cancellation under way could else hit whoever has it next. */
    Future<Void> giveBack() {
        connection = null;
        return cancelling;
    }

    /** Whether it was cancelled, maybe before it had a connection. */
    boolean cancelled() {
        return cancelled;
    }

    void cancel() {
        cancelled = true;
        if (connection != null) cancelling = connection.cancelRequest().otherwiseEmpty();
    }
}
