package io.agencyos.realtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.vertx.core.json.JsonObject;

/**
 * A change as a listener was told of it.
 *
 * @param place where it stands in the log
 * @param operation what is said to have happened
 * @param id which row
 * @param version of the row that came along, 0 where none did
 */
record Heard(Place place, String operation, String id, int version) {

    // millions of changes are of few rows
    private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

    static Heard of(JsonObject change) {
        var node = change.getJsonObject("node");
        if (node != null && !node.getString("id").equals(change.getString("id")))
            throw new AssertionError("Another row came along: " + change.encode());
        return new Heard(
                Place.of(change.getString("cursor")),
                known(change.getString("operation")),
                known(change.getString("id")),
                node == null ? 0 : node.getInteger("version"));
    }

    private static String known(String text) {
        return KNOWN.computeIfAbsent(text, same -> same);
    }

    /**
     * A place in the log.
     *
     * @param xid of the transaction
     * @param seq of the row in the log
     */
    record Place(long xid, long seq) implements Comparable<Place> {

        static Place of(String cursor) {
            var parts = cursor.split("\\.");
            return new Place(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
        }

        @Override
        public int compareTo(Place other) {
            var byXid = Long.compare(xid, other.xid);
            return byXid != 0 ? byXid : Long.compare(seq, other.seq);
        }

        @Override
        public String toString() {
            return xid + "." + seq;
        }
    }
}
