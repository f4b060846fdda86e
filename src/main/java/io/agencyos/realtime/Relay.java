package io.agencyos.realtime;

import java.util.function.Consumer;

/**
 * Carries short messages between the replicas of an installation. Each replica hears those of the others and none of
 * its own, those of one replica in the order in which they were sent and none of them twice. It does its best: what was
 * sent while a replica was cut off may not reach it, so whatever has to be known stands in the database.
 */
public interface Relay {

    /** The most bytes of UTF-8 that a message may have. */
    int LONGEST = 7_000;

    /**
     * Sends a message to all who listen to {@code channel} in the other replicas. Returns at once, from any thread;
     * what is sent within some 20 ms travels together.
     *
     * @param channel a name of letters, digits and underscores
     * @param message without the NUL character
     * @throws IllegalArgumentException when the message is longer than {@link #LONGEST}
     */
    void send(String channel, String message);

    /**
     * Hears what other replicas send on {@code channel} from now on. The listener is called for one message after the
     * other, on an event loop, so it must not block.
     */
    void listen(String channel, Consumer<String> hears);
}
