package io.agencyos.graphql;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import graphql.ExecutionResult;
import io.agencyos.db.Db;
import io.agencyos.realtime.ChangeFeed;
import io.agencyos.realtime.RightsChanged;
import io.agencyos.realtime.Topic;
import io.agencyos.security.Actor;
import io.agencyos.telemetry.Tracing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Multi;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;

/** The subscriptions that run in this process: who listens, and which of them are one execution. */
@ApplicationScoped
class Broadcasts {

    private final Map<Place, Broadcast> broadcasts = new ConcurrentHashMap<>();
    private final Map<UUID, Listener> people = new ConcurrentHashMap<>();
    private final ChangeFeed feed;
    private final Db db;
    private final int room;
    private final Counter overflows;
    private final Counter resyncs;

    Broadcasts(ChangeFeed feed, Db db, GraphqlConfig config, MeterRegistry metrics) {
        this.feed = feed;
        this.db = db;
        this.room = config.limits().queue();
        metrics.gauge("agency.live.groups", broadcasts, Map::size);
        metrics.gauge("agency.live.subscribers", people, Broadcasts::count);
        overflows = metrics.counter("agency.live.overflows");
        resyncs = metrics.counter("agency.live.resyncs");
    }

    /** Makes it at the start, so that operators find the metrics before anybody has subscribed. */
    void onStart(@Observes StartupEvent start) {}

    private static int count(Map<UUID, Listener> people) {
        return people.values().stream()
                .mapToInt(listener -> listener.subscribers.size())
                .sum();
    }

    /** What {@code telling} tells {@code viewer}: that it is live, what they have missed, and what comes. */
    Multi<ExecutionResult> follow(SharedKey key, Actor viewer, Telling telling) {
        return Multi.createFrom().deferred(() -> new Following(this, key, viewer, telling).told());
    }

    /**
     * Where a broadcast is found: two who ask the same, and are even the same person, do not share it when one has come
     * to see more than the other since.
     */
    record Place(SharedKey key, Set<Topic> topics) {}

    /** The broadcast at this place, in the name of who asks first. */
    Broadcast enter(Place place, Telling telling) {
        return broadcasts.compute(place, (x, present) -> {
            var broadcast = present == null ? new Broadcast(place, telling, ownContext(), feed, this) : present;
            return broadcast.enter();
        });
    }

    void leave(Place place, Subscriber subscriber) {
        broadcasts.computeIfPresent(place, (x, broadcast) -> broadcast.leave(subscriber) ? null : broadcast);
    }

    /** A context like the current one, but with units of its own: the operation that began it may end before. */
    private Context ownContext() {
        var current = Vertx.currentContext();
        var own = VertxContext.createNewDuplicatedContext(current);
        ((ContextInternal) own).localContextData().putAll(((ContextInternal) current).localContextData());
        VertxContextSafetyToggle.setContextSafe(own, true);
        // a trace is of the operation that subscribes, not of all that is told for hours
        Tracing.leave(own);
        db.units(own);
        return own;
    }

    /**
     * What one person listens to.
     *
     * @param waiting how many bytes of that they have not taken yet
     */
    private record Listener(Set<Subscriber> subscribers, AtomicLong waiting) {

        Listener() {
            this(ConcurrentHashMap.newKeySet(), new AtomicLong());
        }
    }

    Subscriber register(Actor viewer) {
        var registered = new AtomicReference<Subscriber>();
        people.compute(viewer.id(), (x, present) -> {
            var listener = present == null ? new Listener() : present;
            registered.set(new Subscriber(room, listener.waiting));
            listener.subscribers.add(registered.get());
            return listener;
        });
        return registered.get();
    }

    void forget(Actor viewer, Subscriber subscriber) {
        people.computeIfPresent(viewer.id(), (x, listener) -> {
            listener.subscribers.remove(subscriber);
            return listener.subscribers.isEmpty() ? null : listener;
        });
    }

    /** Ends what these people listen to, since what they may see has changed. */
    void onRightsChanged(@Observes RightsChanged changed) {
        for (var person : changed.people())
            for (var subscriber : subscribers(person)) subscriber.rightsChanged(changed);
    }

    private Set<Subscriber> subscribers(UUID person) {
        var listener = people.get(person);
        return listener == null ? Set.of() : listener.subscribers;
    }

    void overflown(Subscriber subscriber) {
        overflows.increment();
        subscriber.overflow();
    }

    void resync() {
        resyncs.increment();
    }
}
