package io.agencyos.sockets;

import java.util.UUID;

/** A connection that stays open: a websocket, or a stream of events. Called on any thread. */
public interface Socket {

    /** The other end. */
    Peer peer();

    /** Whose it is, or null while nobody is signed in. */
    UUID person();

    /** The role with which they are signed in, or null while nobody is. */
    String role();

    /** Asks the other end for a sign of life. */
    void ping();

    /**
     * Ends it at once.
     *
     * @param code the close code of a websocket (RFC 6455, section 7.4)
     * @param reason why, for people
     */
    void end(int code, String reason);

    /** Ends it because this replica stops, as soon as what was begun on it has been answered. */
    void leave();
}
