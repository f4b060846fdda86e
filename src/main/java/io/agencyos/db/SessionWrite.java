package io.agencyos.db;

import java.util.function.Supplier;

import io.agencyos.security.Actor;
import io.agencyos.security.CurrentActor;
import io.agencyos.telemetry.Tracing;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * A transaction in a session of Hibernate's, in which Panache entities act.
 *
 * @param unit what a cancellation is told to
 * @param identity the actor's
 * @param claim what has to be taken before anything is written
 * @param timeout how long the work may take
 * @param work what is done
 */
record SessionWrite<T>(WriteUnit unit, Identity identity, Claim claim, UnitTimeout timeout, Supplier<Uni<T>> work) {

    /** A context of a transaction's own, since Panache keeps its session there, in which {@code actor} acts. */
    static Context context(Vertx vertx, Actor actor) {
        var context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        VertxContextSafetyToggle.setContextSafe(context, true);
        CurrentActor.set(context, actor);
        Tracing.carry(context);
        return context;
    }

    Uni<T> on(Context context) {
        unit.on(context);
        var transaction = Uni.createFrom().deferred(() -> Panache.withTransaction(this::identified));
        return Uni.createFrom()
                .<T>emitter(emitter ->
                        context.runOnContext(x -> transaction.subscribe().with(emitter::complete, emitter::fail)))
                .invoke(claim::committed);
    }

    private Uni<T> identified() {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(identity.ordinal())
                        .setParameter(1, identity.values().getString(0))
                        .setParameter(2, identity.values().getString(1))
                        .setParameter(3, identity.values().getString(2))
                        .setParameter(4, identity.values().getString(3))
                        .getSingleResult())
                .chain(x -> timeout.limit(claim.before(work)))
                .invoke(() -> {
                    if (unit.cancelled()) throw Units.abandoned();
                });
    }
}
