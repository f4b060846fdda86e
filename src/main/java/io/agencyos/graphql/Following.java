package io.agencyos.graphql;

import java.util.List;

import graphql.ExecutionResult;
import io.agencyos.db.ErrorCode;
import io.agencyos.db.Refusal;
import io.agencyos.realtime.Changes;
import io.agencyos.realtime.Position;
import io.agencyos.security.Actor;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * One subscription's way: where it begins, what it has missed, and from there on what the broadcast tells, with no gap
 * and nothing twice.
 */
final class Following {

    private static final List<Told> JOINED = List.of();

    private final Broadcasts broadcasts;
    private final SharedKey key;
    private final Actor viewer;
    private final Subscriber subscriber;
    private Broadcasts.Place place;
    private Broadcast broadcast;
    private final Context context = Vertx.currentContext();
    private Telling telling;
    private Position position;
    private int most = Changes.MOST;

    Following(Broadcasts broadcasts, SharedKey key, Actor viewer, Telling telling) {
        this.broadcasts = broadcasts;
        this.key = key;
        this.viewer = viewer;
        this.telling = telling;
        this.subscriber = broadcasts.register(viewer);
    }

    @SuppressWarnings("unchecked")
    Multi<ExecutionResult> told() {
        Multi<Told> missed = Multi.createBy()
                .repeating()
                .uni(() -> Uni.createFrom().deferred(this::missed).runSubscriptionOn(this::onContext))
                .until(told -> told == JOINED)
                .onItem()
                .disjoint();
        // each message to each subscriber passes these: the fewer the better
        var told = Multi.createBy()
                .concatenating()
                .streams(Multi.createFrom().deferred(() -> begin().toMulti()), missed, subscriber)
                .onTermination()
                .invoke((failure, cancelled) -> leave(failure));
        return (Multi<ExecutionResult>) (Multi<?>) told;
    }

    /** A client who has made room asks for more from the context of their socket, where nobody is signed in. */
    private void onContext(Runnable task) {
        if (Vertx.currentContext() == context) task.run();
        else context.runOnContext(x -> task.run());
    }

    private Uni<Told> begin() {
        return telling.start().chain(start -> {
            position = start.position();
            subscriber.begin(start);
            place = new Broadcasts.Place(key, start.topics());
            broadcast = broadcasts.enter(place, telling);
            return telling.live(position);
        });
    }

    /** The next piece of what has happened before the broadcast tells it, or that there is nothing more of that. */
    private Uni<List<Told>> missed() {
        if (subscriber.failure() != null) return Uni.createFrom().failure(subscriber.failure());
        subscriber.keep(List.of());
        if (broadcast.join(subscriber, position)) {
            // it may last for days, and needs what it began with no more
            telling = null;
            return Uni.createFrom().item(JOINED);
        }
        return telling.read(position, place.topics(), most).chain(batch -> {
            position = batch.end();
            most = batch.next(most);
            var told = batch.events().stream().map(Telling.Event::told).toList();
            if (!subscriber.keep(told)) broadcasts.overflown(subscriber);
            return subscriber.failure() == null
                    ? Uni.createFrom().item(told)
                    : Uni.createFrom().failure(subscriber.failure());
        });
    }

    private void leave(Throwable failure) {
        if (isResync(failure)) broadcasts.resync();
        if (place != null) broadcasts.leave(place, subscriber);
        broadcasts.forget(viewer, subscriber);
        subscriber.cancel();
    }

    private static boolean isResync(Throwable failure) {
        return failure instanceof Refusal refusal && refusal.code() == ErrorCode.RESYNC_REQUIRED;
    }
}
