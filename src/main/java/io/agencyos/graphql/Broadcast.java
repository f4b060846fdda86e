package io.agencyos.graphql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.agencyos.db.Refusal;
import io.agencyos.db.Units;
import io.agencyos.realtime.ChangeFeed;
import io.agencyos.realtime.Changes;
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
    /** Each with the place up to which they knew everything when they joined. */
    private final Map<Subscriber, Position> subscribers = new HashMap<>();

    private boolean reading;
    private Piece changed;
    private Piece moved;
    private Position done;
    private boolean lost;
    private int users;
    private int most = Changes.MOST;

    /** What lies behind {@code from}, up to {@code to}. */
    private record Piece(Position from, Position to) {

        static Piece join(Piece first, Position from, Position to) {
            return new Piece(first == null ? from : first.from, to);
        }
    }

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
        if (lost) subscriber.fail(setBack());
        else if (done == null) done = feed.watch(place.topics(), this);
        if (lost || done == null || done.isAfter(position)) return false;
        subscriber.startAt(position);
        subscribers.put(subscriber, position);
        return true;
    }

    @Override
    public void changed(Position behind, Position end) {
        synchronized (this) {
            changed = Piece.join(changed, behind, end);
        }
        begin();
    }

    @Override
    public void moved(Position behind, Position at) {
        synchronized (this) {
            moved = Piece.join(moved, behind, at);
        }
        begin();
    }

    /** Who comes to it yet may have begun before that, and those who begin after it find another one. */
    @Override
    public void lost() {
        synchronized (this) {
            lost = true;
        }
        failAll(setBack(), null);
    }

    private static Refusal setBack() {
        return Start.resync("The database has been set back; read anew");
    }

    private void begin() {
        synchronized (this) {
            if (reading) return;
            reading = true;
        }
        context.runOnContext(x -> next());
    }

    /**
     * Reads what there is to read, one piece after the other. Whether something has moved there is looked at first: who
     * was told of what comes behind a move could go on from there, and would never hear of the move.
     */
    private void next() {
        Piece piece;
        boolean ofMoves;
        synchronized (this) {
            if (changed == null && moved == null || subscribers.isEmpty()) {
                rest();
                return;
            }
            ofMoves = moved != null;
            piece = ofMoves ? moved : changed;
            if (ofMoves) moved = null;
            else changed = null;
        }
        (ofMoves ? look(piece) : read(piece)).subscribe().with(x -> next(), failure -> {
            if (ofMoves) fail(failure, joinedBefore(piece.to));
            else failAll(failure, piece.to);
            next();
        });
    }

    private Uni<Void> look(Piece piece) {
        return telling.unmoved(piece.from, piece.to, place.topics());
    }

    /** Until something happens again. What nobody was there to hear of, those who come have to look for themselves. */
    private void rest() {
        if (changed != null) done = changed.to;
        changed = null;
        moved = null;
        reading = false;
    }

    private Uni<Void> read(Piece piece) {
        return telling.read(piece.from, piece.to, most, this::settleRights)
                .invoke(batch -> handOut(batch, piece.to))
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
        most = batch.next(most);
        if (end.isAfter(done)) changed = new Piece(done, changed == null ? end : changed.to);
        return new ArrayList<>(subscribers.keySet());
    }

    private void handOut(Telling.Batch batch, Position end) {
        var hearers = handedTo(batch, end);
        for (var event : batch.events()) for (var hearer : hearers) if (!hearer.tell(event)) all.overflown(hearer);
    }

    /** Who joined later has begun after that, or has looked for it themselves on what they missed. */
    private synchronized List<Subscriber> joinedBefore(Position move) {
        return subscribers.keySet().stream()
                .filter(subscriber -> move.isAfter(subscribers.get(subscriber)))
                .toList();
    }

    /** @param end up to here nobody is told, so that who comes next has to know of it; or null */
    private void failAll(Throwable failure, Position end) {
        List<Subscriber> hearers;
        synchronized (this) {
            if (end != null) done = end;
            hearers = new ArrayList<>(subscribers.keySet());
        }
        fail(failure, hearers);
    }

    private static void fail(Throwable failure, List<Subscriber> hearers) {
        hearers.forEach(hearer -> hearer.fail(failure));
    }
}
