package io.agencyos.graphql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.agencyos.db.Refusal;
import io.agencyos.db.Units;
import io.agencyos.realtime.ChangeFeed;
import io.agencyos.realtime.Position;
import io.agencyos.realtime.Start;
import io.agencyos.realtime.Watcher;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;

/**
 * One execution for all who subscribe to the same with the same rights. The feed says where something happened; the
 * broadcast reads that piece of the log, executes each event once, and hands it to all its subscribers.
 */
final class Broadcast implements Watcher {

    private final Telling telling;
    private final Broadcasts.Place place;
    private final Context context;
    private final ChangeFeed feed;
    private final Broadcasts all;
    private final Set<Subscriber> subscribers = new HashSet<>();
    private boolean reading;
    private boolean moved;
    private Position done;
    private Position from;
    private Position to;
    private int users;

    /** @param context of an operation in the name of one whose rights all subscribers have */
    Broadcast(Broadcasts.Place place, Telling telling, Context context, ChangeFeed feed, Broadcasts all) {
        this.place = place;
        this.telling = telling;
        this.context = context;
        this.feed = feed;
        this.all = all;
    }

    /** Somebody is going to join. */
    synchronized Broadcast enter() {
        users++;
        return this;
    }

    /** Somebody is gone, joined or not; true when nobody is left, and what is being read for nobody ends as well. */
    synchronized boolean leave(Subscriber subscriber) {
        subscribers.remove(subscriber);
        if (--users > 0) return false;
        feed.forget(place.topics(), this);
        context.runOnContext(x -> Units.current().cancel());
        return true;
    }

    /**
     * Lets {@code subscriber}, who has been told everything up to {@code position}, hear the rest from here; false when
     * that is longer ago than what is told here next.
     */
    synchronized boolean join(Subscriber subscriber, Position position) {
        if (done == null) done = feed.watch(place.topics(), this);
        if (done == null || done.isAfter(position)) return false;
        subscriber.startAt(position);
        subscribers.add(subscriber);
        return true;
    }

    @Override
    public void changed(Position behind, Position end) {
        synchronized (this) {
            if (to == null) from = behind;
            to = end;
        }
        begin();
    }

    @Override
    public void moved() {
        synchronized (this) {
            moved = true;
        }
        begin();
    }

    @Override
    public void lost() {
        failAll(Start.resync("The database has been set back; read anew"), null);
    }

    private void begin() {
        synchronized (this) {
            if (reading) return;
            reading = true;
        }
        context.runOnContext(x -> next());
    }

    /** Reads what there is to read, one piece after the other. */
    private void next() {
        Position behind;
        Position end;
        synchronized (this) {
            behind = from;
            end = to;
            to = null;
            if (end == null && !moved || subscribers.isEmpty()) {
                if (end != null) done = end;
                reading = false;
                return;
            }
        }
        (end == null ? stillThere() : read(behind, end)).subscribe().with(x -> next(), failure -> {
            failAll(failure, end);
            next();
        });
    }

    private Uni<Void> read(Position behind, Position end) {
        return telling.read(behind, end, this::settleRights)
                .invoke(batch -> handOut(batch, end))
                .replaceWithVoid();
    }

    /** Among several people somebody may have lost a right that the others still have, in this very snapshot. */
    private Uni<Void> settleRights() {
        if (!place.key().amongPeople()) return Uni.createFrom().voidItem();
        return telling.changes()
                .rightsChanged(feed.position())
                .invoke(changes -> changes.forEach(all::onRightsChanged))
                .replaceWithVoid();
    }

    private synchronized List<Subscriber> handedTo(Telling.Batch batch, Position end) {
        done = batch.end();
        if (end.isAfter(done)) {
            from = done;
            if (to == null) to = end;
        }
        return new ArrayList<>(subscribers);
    }

    private void handOut(Telling.Batch batch, Position end) {
        var hearers = handedTo(batch, end);
        for (var event : batch.events()) for (var hearer : hearers) if (!hearer.tell(event)) all.overflown(hearer);
    }

    private Uni<Void> stillThere() {
        synchronized (this) {
            moved = false;
        }
        return telling.stillThere(place.topics()).onFailure(Refusal.class).transform(gone -> Start.moved());
    }

    /** @param end up to here nobody is told, so that who comes next has to know of it; or null */
    private void failAll(Throwable failure, Position end) {
        List<Subscriber> hearers;
        synchronized (this) {
            if (end != null) done = end;
            hearers = new ArrayList<>(subscribers);
        }
        hearers.forEach(hearer -> hearer.fail(failure));
    }
}
