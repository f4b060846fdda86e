package io.agencyos.graphql;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import graphql.ExecutionResult;
import io.agencyos.db.DatabaseAway;
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

    /** Bytes after which a piece is enough, since all of it is kept until the last event has been taken. */
    private static final int MOST_BYTES = 1 << 20;

    /**
     * What was told, in commit order, and the place up to which that was all.
     *
     * @param cut whether more of it was read, in vain
     */
    record Batch(List<Event> events, Position end, boolean cut) {

        /** How many changes to read next, where {@code most} were read for this. */
        int next(int most) {
            return cut ? Math.max(1, events.size()) : Math.min(2 * most, Changes.MOST);
        }
    }

    /** What one change, whose place in the log it is, came to. */
    record Event(Position position, Told told) {}

    /** Where it begins; fails with NOT_FOUND or RESYNC_REQUIRED when it cannot. */
    Uni<Start> start() {
        return patiently(attempt -> changes.start(), Telling::isAway).eventually(Telling::endReads);
    }

    /** Fails with RESYNC_REQUIRED when what it is about has moved between these places. */
    Uni<Void> unmoved(Position from, Position to, Set<Topic> watched) {
        return patiently(attempt -> changes.unmoved(from, to, watched)).eventually(Telling::endReads);
    }

    /** The first message. */
    Uni<Told> live(Position position) {
        return patiently(attempt -> told(changes.live(position), attempt)).eventually(Telling::endReads);
    }

    /**
     * What there is to tell behind {@code from}, or some of it, at {@code most} so many changes; fails with
     * RESYNC_REQUIRED when something moved there.
     */
    Uni<Batch> read(Position from, Set<Topic> watched, int most) {
        return patiently(attempt -> tell(changes.read(from, watched, most), attempt))
                .eventually(Telling::endReads);
    }

    /**
     * What there is to tell behind {@code from} up to {@code to}, or some of it, at {@code most} so many changes.
     *
     * @param beside asked together with it, on the same snapshot
     */
    Uni<Batch> read(Position from, Position to, int most, Supplier<Uni<Void>> beside) {
        return patiently(attempt -> Uni.combine()
                        .all()
                        .unis(tell(changes.read(from, to, most), attempt), beside.get())
                        .with((batch, asked) -> batch))
                .eventually(Telling::endReads);
    }

    private <R> Uni<Batch> tell(Uni<Changes.Batch<R>> read, int attempt) {
        return read.chain(batch -> {
            var left = batch.told().iterator();
            if (!left.hasNext()) return Uni.createFrom().item(new Batch(List.of(), batch.end(), false));
            var bytes = new AtomicInteger();
            return Multi.createBy()
                    .repeating()
                    .uni(() -> Uni.createFrom().deferred(() -> tell(left.next(), attempt)))
                    .whilst(event ->
                            left.hasNext() && bytes.addAndGet(event.told().size()) < MOST_BYTES)
                    .collect()
                    .asList()
                    .map(events -> left.hasNext()
                            ? new Batch(events, last(events), true)
                            : new Batch(events, batch.end(), false));
        });
    }

    private static Position last(List<Event> events) {
        return events.get(events.size() - 1).position();
    }

    private Uni<Event> tell(Changes.Told<?> change, int attempt) {
        return told(change.value(), attempt).map(told -> new Event(change.position(), told));
    }

    private Uni<Told> told(Object change, int attempt) {
        return teller.apply(change).map(result -> {
            var told = new Told(result);
            if (attempt < ATTEMPTS && told.isBroken()) throw new IllegalStateException("An event broke down");
            return told;
        });
    }

    private static <T> Uni<T> patiently(Function<Integer, Uni<T>> work) {
        return patiently(work, Telling::mayPass);
    }

    /** Again and again on this very context, as what is asked is asked in the name of its actor. */
    private static <T> Uni<T> patiently(Function<Integer, Uni<T>> work, Predicate<Throwable> passing) {
        return Uni.createFrom().deferred(() -> {
            var context = Vertx.currentContext();
            var attempt = new AtomicInteger();
            return Uni.createFrom()
                    .deferred(() -> work.apply(attempt.incrementAndGet()))
                    .onFailure(passing)
                    .retry()
                    .when(failures -> failures.onItem()
                            .transformToUniAndConcatenate(failure -> later(attempt.get(), context, failure)));
        });
    }

    /** A conflict is a lock that was not to be had in time, as there is nothing else to conflict with in reading. */
    private static boolean mayPass(Throwable failure) {
        return !(failure instanceof Refusal refusal) || refusal.code() == ErrorCode.CONFLICT;
    }

    /** Where nobody hears anything yet, whatever else has failed is told, or it would never be heard of. */
    private static boolean isAway(Throwable failure) {
        return DatabaseAway.isBehind(failure) || failure instanceof Refusal && mayPass(failure);
    }

    private static Uni<Integer> later(int attempt, Context context, Throwable failure) {
        DatabaseAway.warn(LOG, "Changes cannot be told yet", failure);
        var delay = Math.min(LONGEST_MS, SHORTEST_MS << Math.min(attempt, 10));
        return endReads().chain(() -> Uni.createFrom().<Integer>emitter(emitter -> context.owner()
                .setTimer(delay, x -> context.runOnContext(y -> emitter.complete(attempt)))));
    }

    private static Uni<Void> endReads() {
        var units = Units.current();
        return units == null ? Uni.createFrom().voidItem() : units.end();
    }
}
