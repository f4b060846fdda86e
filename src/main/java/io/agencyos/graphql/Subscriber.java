package io.agencyos.graphql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

import io.agencyos.realtime.Position;
import io.agencyos.realtime.RightsChanged;
import io.agencyos.realtime.Start;
import io.smallrye.mutiny.operators.AbstractMulti;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import org.jboss.logging.Logger;

/**
 * One who hears what a broadcast tells. What they have not taken yet waits in a queue; who lets it fill up is told to
 * read anew, for what they miss is not kept for them.
 */
final class Subscriber extends AbstractMulti<Told> implements Flow.Subscription {

    /** Bytes that may wait, unless it is a single event: all of it is kept in memory. */
    static final long MOST_BYTES = 8L << 20;

    /** The same for all streams of one person, unless it is a single event. */
    static final long MOST_OF_PERSON = 64L << 20;

    private static final Logger LOG = Logger.getLogger(Subscriber.class);

    private final int room;
    private final AtomicLong ofPerson;
    private final Queue<Told> waiting = new ArrayDeque<>(2);
    private MultiSubscriber<? super Told> taker;
    private final List<RightsChanged> unsettled = new ArrayList<>(0);
    private Start start;
    private Position position;
    private long wanted;
    private long bytes;
    private boolean taking;
    private boolean over;
    private Throwable failure;

    /**
     * One to whom nothing was told yet.
     *
     * @param room how many events may wait
     * @param ofPerson the bytes that wait in all streams of the same person
     */
    Subscriber(int room, AtomicLong ofPerson) {
        this.room = room;
        this.ofPerson = ofPerson;
    }

    /** It begins with the rights that the viewer has as of {@code start}. */
    void begin(Start from) {
        synchronized (this) {
            start = from;
        }
        unsettled.forEach(this::rightsChanged);
        unsettled.clear();
    }

    /** Ends it, unless it began after that. */
    void rightsChanged(RightsChanged changed) {
        synchronized (this) {
            if (start == null) {
                unsettled.add(changed);
                return;
            }
            if (start.includes(changed)) return;
        }
        fail(Start.moved());
    }

    /** From here on events are of interest. */
    synchronized void startAt(Position from) {
        position = from;
    }

    /** Tells of an event, unless it was told before; false when there is no room for it. */
    boolean tell(Telling.Event event) {
        synchronized (this) {
            if (over || failure != null || !event.position().isAfter(position)) return true;
            if (isFull(event.told())) return false;
            count(event.told().size());
            waiting.add(event.told());
        }
        take();
        return true;
    }

    private boolean isFull(Told next) {
        return waiting.size() == room
                || !waiting.isEmpty() && bytes + next.size() > MOST_BYTES
                || wanted == 0 && ofPerson.get() > 0 && ofPerson.get() + next.size() > MOST_OF_PERSON;
    }

    /**
     * Keeps what was missed until more of it is asked for, in place of what was kept of it before; false when there is no
     * room for it.
     */
    synchronized boolean keep(List<Told> missed) {
        if (over || failure != null) return true;
        count(missed.stream().mapToLong(Told::size).sum() - bytes);
        return ofPerson.get() <= MOST_OF_PERSON || ofPerson.get() == bytes;
    }

    private void count(long more) {
        bytes += more;
        ofPerson.addAndGet(more);
    }

    private void clear() {
        waiting.clear();
        count(-bytes);
    }

    /** Ends it with an error; what still waits is not told any more. */
    void fail(Throwable cause) {
        synchronized (this) {
            if (over || failure != null) return;
            failure = cause;
            clear();
        }
        take();
    }

    /** Ends it for being too slow. */
    void overflow() {
        fail(Start.resync("Too much has happened since you read last; read anew"));
    }

    /** Why it has ended, or null. */
    synchronized Throwable failure() {
        return failure;
    }

    @Override
    public void subscribe(MultiSubscriber<? super Told> subscriber) {
        synchronized (this) {
            taker = subscriber;
        }
        subscriber.onSubscribe(this);
        take();
    }

    @Override
    public void request(long more) {
        synchronized (this) {
            wanted = wanted + more < 0 ? Long.MAX_VALUE : wanted + more;
        }
        take();
    }

    @Override
    public synchronized void cancel() {
        over = true;
        clear();
    }

    /** Hands out what is wanted and there, in order, whoever comes here first. */
    private void take() {
        synchronized (this) {
            if (taking || taker == null) return;
            taking = true;
        }
        for (var next = next(); next != null; next = next()) hand(next);
    }

    /** One who cannot take it is no matter of the others who hear it. */
    private void hand(Told next) {
        try {
            taker.onItem(next);
        } catch (RuntimeException e) {
            LOG.warn("A subscriber broke down and is left out", e);
            cancel();
        }
    }

    private Told next() {
        Throwable cause;
        synchronized (this) {
            var next = over || wanted == 0 ? null : waiting.poll();
            if (next != null) {
                wanted--;
                count(-next.size());
                return next;
            }
            taking = false;
            cause = over ? null : failure;
            over |= cause != null;
        }
        if (cause != null) taker.onFailure(cause);
        return null;
    }
}
