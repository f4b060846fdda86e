package io.agencyos.graphql;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import graphql.ExecutionResult;
import io.agencyos.db.ErrorCode;
import io.agencyos.db.Refusal;
import io.agencyos.db.Units;
import io.agencyos.realtime.Changes;
import io.agencyos.realtime.Position;
import io.agencyos.realtime.Start;
import io.agencyos.realtime.Topic;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import org.jboss.logging.Logger;

/**
 * The changes that a subscription is about, and their execution: what is told of them. A database that is away for a
 * while is waited for; the place in the log is kept meanwhile, so nothing is lost.
 *
 * @param teller executes the subscription for one event
 */
record Telling(Changes<?> changes, Function<Object, Uni<ExecutionResult>> teller) {

    private static final Logger LOG = Logger.getLogger(Telling.class);
    private static final int SHORTEST_MS = 100;
    private static final int LONGEST_MS = 5_000;
    /** How often an event that breaks down is executed anew before it is told with its errors. */
    private static final int ATTEMPTS = 3;

    /** What was told, in commit order, and the place up to which that was all. */
    record Batch(List<Event> events, Position end) {}

    /** What one change, whose place in the log it is, came to. */
    record Event(Position position, Told told) {}

    /** Where it begins; fails with NOT_FOUND or RESYNC_REQUIRED when it cannot. */
    Uni<Start> start() {
        return changes.start().eventually(Telling::endReads);
    }

    /** Fails with RESYNC_REQUIRED when what it is about has moved between these places. */
    Uni<Void> unmoved(Position from, Position to, Set<Topic> watched) {
        return patiently(attempt -> changes.unmoved(from, to, watched)).eventually(Telling::endReads);
    }

    /** The first message. */
    Uni<Told> live(Position position) {
        return teller.apply(changes.live(position)).map(Told::new).eventually(Telling::endReads);
    }

    /** What there is to tell behind {@code from}, or some of it; fails with RESYNC_REQUIRED when something moved there. */
    Uni<Batch> read(Position from, Set<Topic> watched) {
        return patiently(attempt -> tell(changes.read(from, watched), attempt)).eventually(Telling::endReads);
    }

    /**
     * What there is to tell behind {@code from} up to {@code to}, or some of it.
     *
     * @param last asked at the end on the same snapshot
     */
    Uni<Batch> read(Position from, Position to, Supplier<Uni<Void>> last) {
        return patiently(attempt -> tell(changes.read(from, to), attempt).call(x -> last.get()))
                .eventually(Telling::endReads);
    }

    private <R> Uni<Batch> tell(Uni<Changes.Batch<R>> read, int attempt) {
        return read.chain(batch -> Multi.createFrom()
                .iterable(batch.told())
                .onItem()
                .transformToUniAndConcatenate(change -> tell(change, attempt))
                .collect()
                .asList()
                .map(events -> new Batch(events, batch.end())));
    }

    private Uni<Event> tell(Changes.Told<?> change, int attempt) {
        return teller.apply(change.value()).map(result -> {
            var told = new Told(result);
            if (attempt < ATTEMPTS && told.isBroken()) throw new IllegalStateException("An event broke down");
            return new Event(change.position(), told);
        });
    }

    private static <T> Uni<T> patiently(Function<Integer, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> attempt(work, 1, Vertx.currentContext()));
    }

    /** Again and again on this very context, as what is asked is asked in the name of its actor. */
    private static <T> Uni<T> attempt(Function<Integer, Uni<T>> work, int attempt, Context context) {
        return Uni.createFrom()
                .deferred(() -> work.apply(attempt))
                .onFailure(Telling::mayPass)
                .recoverWithUni(failure -> {
                    LOG.warnf("Changes cannot be told yet: %s", failure.getMessage());
                    return later(attempt, context).chain(() -> attempt(work, attempt + 1, context));
                });
    }

    /** A conflict is a lock that was not to be had in time, as there is nothing else to conflict with in reading. */
    private static boolean mayPass(Throwable failure) {
        return !(failure instanceof Refusal refusal) || refusal.code() == ErrorCode.CONFLICT;
    }

    private static Uni<Void> later(int attempt, Context context) {
        var delay = Math.min(LONGEST_MS, SHORTEST_MS << Math.min(attempt, 10));
        return endReads().chain(() -> Uni.createFrom().<Void>emitter(emitter -> context.owner()
                .setTimer(delay, x -> context.runOnContext(y -> emitter.complete(null)))));
    }

    private static Uni<Void> endReads() {
        var units = Units.current();
        return units == null ? Uni.createFrom().voidItem() : units.end();
    }
}
