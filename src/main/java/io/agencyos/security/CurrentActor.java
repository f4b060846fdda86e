package io.agencyos.security;

import java.util.UUID;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * The actor of the operation under way. It lives in the operation's own (duplicated) Vert.x context, so it follows
 * every asynchronous step and never reaches a neighbour.
 */
public final class CurrentActor {

    private static final String KEY = CurrentActor.class.getName();
    private static final String OPERATION = KEY + ".operation";

    private CurrentActor() {}

    /**
     * The actor of this operation.
     *
     * @throws Unauthenticated when nobody is signed in
     */
    public static Actor get() {
        var actor = orNull();
        if (actor == null) throw new Unauthenticated("Sign in first: send a bearer token");
        return actor;
    }

    /** The actor of this operation, or null when nobody is signed in. */
    static Actor orNull() {
        var context = Vertx.currentContext();
        return context == null || !VertxContext.isDuplicatedContext(context) ? null : context.getLocal(KEY);
    }

    /** A number that all lines of this operation's log share, in the form of a trace's; null outside of any. */
    static String operation() {
        var context = Vertx.currentContext();
        if (context == null || !VertxContext.isDuplicatedContext(context)) return null;
        String known = context.getLocal(OPERATION);
        if (known != null) return known;
        var fresh = UUID.randomUUID().toString().replace("-", "");
        context.putLocal(OPERATION, fresh);
        return fresh;
    }

    /** Makes {@code actor} the one of all that runs on {@code context}, which has to be a duplicated one. */
    public static void set(Context context, Actor actor) {
        if (!VertxContext.isDuplicatedContext(context))
            throw new IllegalStateException("A shared context has no actor");
        if (actor != null) context.putLocal(KEY, actor);
    }

    /** {@code work}, whose outcome comes back on the caller's own context, wherever it was done. */
    public static <T> Uni<T> here(Uni<T> work) {
        return Uni.createFrom().deferred(() -> {
            var caller = Vertx.currentContext();
            return caller == null ? work : work.emitOn(task -> caller.runOnContext(x -> task.run()));
        });
    }
}
