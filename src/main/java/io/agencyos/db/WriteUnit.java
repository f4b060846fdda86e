package io.agencyos.db;

import java.util.function.Supplier;

import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * The connection under a write unit, which Hibernate keeps to itself: it is told here when it is taken, so that what
 * runs on it can be cancelled.
 */
final class WriteUnit {

    private static final String KEY = WriteUnit.class.getName();

    private Supplier<Future<Void>> cancelRequest;
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

    /** Whether there is one here, and it was cancelled. */
    static boolean isCancelled() {
        var unit = current();
        return unit != null && unit.cancelled;
    }

    /** It has a connection from now on, on which {@code cancelRequest} cancels what runs. */
    void took(Supplier<Future<Void>> cancelRequest) {
        this.cancelRequest = cancelRequest;
    }

    /** Completes when the connection may go back: a cancellation under way could else hit whoever has it next. */
    Future<Void> giveBack() {
        cancelRequest = null;
        return cancelling;
    }

    /** Whether it was cancelled, maybe before it had a connection. */
    boolean cancelled() {
        return cancelled;
    }

    void cancel() {
        cancelled = true;
        if (cancelRequest != null) cancelling = cancelRequest.get().otherwiseEmpty();
    }
}
