package io.agencyos.realtime;

import java.util.HashSet;
import java.util.Set;

/** Somebody with connections to this replica, all of which share what one person may send. */
final class Person {

    /** So much may be sent in vain before the connection is closed, and so much a second goes on being forgiven. */
    private static final int PATIENCE = 100;

    private static final double FORGIVEN = 5;

    private final Set<RoomSession> connections = new HashSet<>();
    private final Allowance messages;
    private final Allowance refusals;
    private final Allowance complaints;
    private final Runnable whenGone;

    Person(int rate, Runnable whenGone) {
        var now = RoomLoop.now();
        this.messages = new Allowance(rate, rate, now);
        this.refusals = new Allowance(PATIENCE, FORGIVEN, now);
        this.complaints = new Allowance(1, 1, now);
        this.whenGone = whenGone;
    }

    /** Whether one more message is within the rate. */
    boolean maySend() {
        return messages.take(RoomLoop.now());
    }

    /** Whether a message beyond the rate is still borne with. */
    boolean isBorneWith() {
        return refusals.take(RoomLoop.now());
    }

    /** Whether to say so: once a second. */
    boolean isToBeTold() {
        return complaints.take(RoomLoop.now());
    }

    int connections() {
        return connections.size();
    }

    void came(RoomSession session) {
        connections.add(session);
    }

    void left(RoomSession session) {
        connections.remove(session);
        if (connections.isEmpty()) whenGone.run();
    }
}
