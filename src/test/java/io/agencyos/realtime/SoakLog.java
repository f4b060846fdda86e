package io.agencyos.realtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.agencyos.realtime.Heard.Place;
import io.agencyos.testing.Cluster;

/**
 * The change log of a table, and what the table looks like in the end, seen past the policies.
 *
 * @param feed which table
 * @param rows the log in the order of transactions, and of its numbers within one
 * @param table what is there: the version and the client of each row
 */
record SoakLog(SoakFeed feed, List<Row> rows, Map<String, Present> table) {

    static SoakLog read(Cluster cluster, SoakFeed feed) {
        var rows = cluster
                .rows("select xid, seq, op, row_id, client_id, old_client_id, is_internal,"
                        + " coalesce(old_is_internal, is_internal), coalesce('client_id' = any(changed_fields), false) from change_log"
                        + " where table_name = '" + feed.table() + "' order by xid, seq")
                .stream()
                .map(Row::of)
                .toList();
        var present = new HashMap<String, Present>();
        for (var row : cluster.rows("select id, version, " + feed.ofClient() + " from " + feed.table() + " t"))
            present.put(row.get(0), new Present(Integer.parseInt(row.get(1)), row.get(2)));
        return new SoakLog(feed, rows, present);
    }

    /** What somebody has to be told who listens from {@code start}: a member of {@code client}, or staff if null. */
    List<Row> expected(Place start, String client) {
        return rows.stream()
                .filter(row -> row.place().compareTo(start) > 0)
                .filter(row -> client == null || row.concerns(client))
                .toList();
    }

    /** Where a row went from one client to another, and either is {@code client}. */
    List<Place> moves(String client) {
        return rows.stream()
                .filter(row -> row.moved() && row.concerns(client))
                .map(Row::place)
                .toList();
    }

    /** The version of each row of these that is there and that is {@code client}'s, or whosever if null. */
    Map<String, Integer> present(List<Row> expected, String client) {
        var versions = new HashMap<String, Integer>();
        for (var row : expected) {
            var there = table.get(row.id());
            if (there != null && (client == null || client.equals(there.client())))
                versions.put(row.id(), there.version());
        }
        return versions;
    }

    /** How often a row's change stands behind one that was made after it, because its transaction began before. */
    long overtaken() {
        var newest = new HashMap<String, Long>();
        return rows.stream()
                .filter(row -> newest.merge(row.id(), row.place().seq(), Math::max)
                        > row.place().seq())
                .count();
    }

    /** A row of the log. */
    record Row(
            Place place,
            String operation,
            String id,
            String client,
            String oldClient,
            boolean internal,
            boolean internalBefore,
            boolean moved) {

        static Row of(List<String> values) {
            var place = new Place(Long.parseLong(values.get(0)), Long.parseLong(values.get(1)));
            return new Row(
                    place,
                    values.get(2),
                    values.get(3),
                    values.get(4),
                    values.get(5),
                    values.get(6).equals("t"),
                    values.get(7).equals("t"),
                    values.get(8).equals("t"));
        }

        boolean concerns(String whom) {
            return !internal && whom.equals(client) || !internalBefore && whom.equals(oldClient);
        }

        /** Whether it may be told like this: a row that is gone meanwhile, or out of sight, is told of as removed. */
        boolean mayBeTold(String told) {
            return told.equals("DELETE") || told.equals(operation);
        }
    }

    /** A row of the table. */
    record Present(int version, String client) {}
}
