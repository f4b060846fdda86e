package io.agencyos.realtime;

import java.util.UUID;

/**
 * What a change can be found by.
 *
 * @param table whose changes
 * @param column a column of the change log, or null for all changes of the table
 * @param id what it holds, or null
 */
public record Topic(String table, String column, UUID id) {

    static final String PERSON = "recipients";
    private static final String MOVES = "moves";

    /** That a video, or a version, comes into the sight of all clients or goes out of it, whosever it is. */
    static final Topic SIGHT = new Topic(MOVES, "sight", null);

    /** All changes of a table. */
    static Topic all(String table) {
        return new Topic(table, null, null);
    }

    /** That the request comes to lie under another client, or something of it under another request, or goes. */
    static Topic moves(UUID request) {
        return new Topic(MOVES, "request_id", request);
    }

    /** That something comes to the client, or leaves it, with all that hangs on it. */
    static Topic movesOf(UUID client) {
        return new Topic(MOVES, "client_id", client);
    }

    boolean isMove() {
        return table.equals(MOVES);
    }
}
