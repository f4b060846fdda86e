package io.agencyos.realtime;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

import io.agencyos.db.Sql;
import io.vertx.sqlclient.Row;

/**
 * A row of the change log, as far as it says who has to look.
 *
 * @param position its place
 * @param topics what it can be found by
 * @param rights whose rights have changed, mostly nobody's: null
 */
record LogRow(Position position, Set<Topic> topics, RightsChanged rights) {

    private static final Set<String> RIGHTS = Set.of("profiles", "client_members");
    private static final Set<String> PARENTS = Set.of("requests", "assets", "video_assets", "video_versions");
    /** What a row hangs on. */
    private static final Set<String> PLACES = Set.of("client_id", "request_id", "project_id", "video_asset_id");

    private static final String BETWEEN_CLIENTS =
            "changed_fields && array['client_id', 'request_id', 'project_id', 'video_asset_id']"
                    + " and client_id is distinct from old_client_id and not sees_all()"
                    + " and (client_id = any(array(select my_client_ids()))"
                    + " and old_client_id = any(array(select my_client_ids()))) is not true";

    /**
     * A video that was removed or brought back, and a version that went to a removed video or came from one; for those who
     * see all requests also what went to none, or came from there. Staff see all of it all the same.
     */
    private static final String OUT_OF_SIGHT = "table_name in ('video_assets', 'video_versions') and op = 'UPDATE'"
            + " and ('deleted_at' = any(changed_fields) or is_internal <> old_is_internal"
            + " or changed_fields && array['project_id', 'video_asset_id']"
            + " and (request_id is null) <> (old_request_id is null)) and not is_staff()";

    private static final String[] SCOPES = {"request_id", "client_id", "scope_id", "asset_id"};

    /**
     * Whether the viewer sees all clients, and whether anything came into their sight between these places, or went out of
     * it: what hangs on it has no rows of its own there, and what happened to that elsewhere is hidden from them. That is
     * what went from one client to another (between two of theirs it stays in their sight, and a change of that is one of
     * rights), and for people of clients the videos that were removed or brought back, with whatever hangs on them.
     *
     * @param requests of these, if there are any; else of all
     * @param hangsOnVideos whether it matters which videos are there
     */
    static Sql moved(Position from, Position to, List<UUID> requests, boolean hangsOnVideos) {
        return Sql.of(
                        "select sees_all(), exists (select 1 from change_log"
                                + " where (xid, seq) > (?::text::xid8, ?) and (xid, seq) <= (?::text::xid8, ?)"
                                + " and table_name in ('requests', 'assets', 'video_assets', 'video_versions') and (",
                        String.valueOf(from.xid()),
                        from.seq(),
                        String.valueOf(to.xid()),
                        to.seq())
                .add(BETWEEN_CLIENTS)
                .add(hangsOnVideos ? " or " + OUT_OF_SIGHT : "")
                .add(") and ")
                .add(
                        requests.isEmpty()
                                ? Sql.of("true")
                                : Sql.join(
                                        " or ",
                                        requests.stream().map(LogRow::under).toList()))
                .add(")");
    }

    private static Sql under(UUID request) {
        return Sql.of("request_id = ? or old_request_id = ?", request, request);
    }

    static LogRow of(Row row) {
        var position = new Position(Long.parseLong(row.getString(0)), row.getLong(1));
        var table = row.getString(2);
        var people = row.getArrayOfUUIDs(4);
        if (RIGHTS.contains(table))
            return new LogRow(position, Set.of(), RightsChanged.of(position, people, row.getArrayOfStrings(5)));
        return new LogRow(position, topics(row, table, people), null);
    }

    private static Set<Topic> topics(Row row, String table, UUID[] people) {
        var topics = new HashSet<Topic>();
        topics.add(Topic.all(table));
        if (people != null) for (var person : people) topics.add(new Topic(table, Topic.PERSON, person));
        for (var i = 0; i < SCOPES.length; i++) {
            var now = row.getUUID(6 + 2 * i);
            var before = row.getUUID(7 + 2 * i);
            if (now != null) topics.add(new Topic(table, SCOPES[i], now));
            if (before != null) topics.add(new Topic(table, SCOPES[i], before));
        }
        if (PARENTS.contains(table)) addMoves(topics, row);
        return topics;
    }

    private static void addMoves(Set<Topic> topics, Row row) {
        var fields = fields(row);
        var moved = fields.stream().anyMatch(PLACES::contains);
        var hidden = isOutOfSight(row, fields, moved);
        if (!moved && !hidden && !row.getString(3).equals("DELETE")) return;
        add(topics, Topic::moves, row.getUUID(6), row.getUUID(7));
        if (hidden) topics.add(Topic.SIGHT);
        // what hangs on it has no rows of its own in the log; what is removed with it has
        if (hidden || moved && !Objects.equals(row.getUUID(8), row.getUUID(9)))
            add(topics, Topic::movesOf, row.getUUID(8), row.getUUID(9));
    }

    private static List<String> fields(Row row) {
        var fields = row.getArrayOfStrings(5);
        return fields == null ? List.of() : List.of(fields);
    }

    /** What {@link #OUT_OF_SIGHT} says. */
    private static boolean isOutOfSight(Row row, List<String> fields, boolean moved) {
        if (!row.getString(2).startsWith("video_")) return false;
        var before = row.getBoolean(15);
        return fields.contains("deleted_at")
                || before != null && !before.equals(row.getBoolean(14))
                || moved && (row.getUUID(6) == null) != (row.getUUID(7) == null);
    }

    private static void add(Set<Topic> topics, Function<UUID, Topic> topic, UUID now, UUID before) {
        if (now != null) topics.add(topic.apply(now));
        if (before != null) topics.add(topic.apply(before));
    }
}
