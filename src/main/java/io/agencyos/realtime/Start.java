package io.agencyos.realtime;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import io.agencyos.db.ErrorCode;
import io.agencyos.db.Reads;
import io.agencyos.db.Refusal;
import io.agencyos.db.Sql;
import io.agencyos.security.Actor;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;

/**
 * Where a stream begins.
 *
 * @param position the place behind which it tells
 * @param topics what it has to watch
 * @param rights which changes of rights behind that it has been made with, since its snapshot had them
 */
public record Start(Position position, Set<Topic> topics, Set<Position> rights) {

    private static final Set<String> PERSONAL = Set.of("user_mentions", "comment_notifications");
    /** That a request itself has moved is told; messages are of no client's work. */
    private static final Set<String> HANG_ON_NOTHING = Set.of("requests", "slack_messages", "user_mentions");

    private static final Sql END = Sql.of("select e.xid::text, e.seq from change_log_end() e");
    private static final Sql SIGHT = Sql.of("select sees_all(), array(select my_client_ids())");

    /** Whether it was made with these rights already. */
    public boolean includes(RightsChanged changed) {
        return !changed.position().isAfter(position) || rights.contains(changed.position());
    }

    /** How far the log can be read. */
    static Uni<Position> end(Reads reads) {
        return reads.rows(END, row -> new Position(Long.parseLong(row.getString(0)), row.getLong(1)))
                .map(found -> found.get(0));
    }

    /**
     * The start of a stream as {@code viewer}; fails with NOT_FOUND when they may not see what it is about, with
     * RESYNC_REQUIRED when it cannot go on from {@code after}.
     *
     * @param after where it was, or null to begin now
     */
    static Uni<Start> of(Reads reads, Tail<?, ?> tail, Position after, Actor viewer) {
        var position = after == null ? end(reads) : resumed(reads, after, viewer);
        var requests = tail.scope().requests(reads, tail.table());
        return Uni.combine()
                .all()
                .unis(position, requests, sight(reads, viewer), rights(reads))
                .with((from, on, clients, rights) -> new Start(from, topics(tail, on, clients, viewer), rights));
    }

    private static Uni<Set<Position>> rights(Reads reads) {
        return reads.rows(
                        Sql.of(
                                "select xid::text, seq from change_log where table_name in ('profiles', 'client_members')"
                                        + " and xid >= pg_snapshot_xmin(pg_current_snapshot())"),
                        row -> new Position(Long.parseLong(row.getString(0)), row.getLong(1)))
                .map(Set::copyOf);
    }

    /** A cursor that the log has not come to is of another database, one that was restored, say. */
    private static Uni<Position> resumed(Reads reads, Position after, Actor viewer) {
        var xid = String.valueOf(after.xid());
        var sound = Sql.of(
                "select ?::text::xid8 < pg_snapshot_xmax(pg_current_snapshot())"
                        + " and not exists (select 1 from change_log_trimmed t where (t.xid, t.seq) > (?::text::xid8, ?))"
                        + " and not exists (select 1 from change_log c where (c.xid, c.seq) > (?::text::xid8, ?)"
                        + " and c.table_name in ('profiles', 'client_members') and ? = any(c.recipients))",
                xid,
                xid,
                after.seq(),
                xid,
                after.seq(),
                viewer.id());
        return reads.rows(sound, row -> row.getBoolean(0)).map(found -> {
            if (found.get(0)) return after;
            throw resync("The stream cannot go on from this cursor; read anew");
        });
    }

    /** What a client is told when they have come to see more, or less. */
    public static Refusal moved() {
        return resync("What you may see has changed; read anew");
    }

    /** What a client is told when a stream cannot tell it everything. */
    public static Refusal resync(String why) {
        return new Refusal(ErrorCode.RESYNC_REQUIRED, why);
    }

    /** The clients whose work is all that the viewer may hear of, or null for everything. */
    private static Uni<List<UUID>> sight(Reads reads, Actor viewer) {
        if (!viewer.isClient()) return Uni.createFrom().nullItem();
        return reads.rows(SIGHT, Start::clients).map(found -> found.get(0));
    }

    private static List<UUID> clients(Row row) {
        return row.getBoolean(0) ? null : List.of(row.getArrayOfUUIDs(1));
    }

    private static Set<Topic> topics(Tail<?, ?> tail, List<UUID> requests, List<UUID> clients, Actor viewer) {
        var topics = new HashSet<Topic>();
        requests.forEach(request -> topics.add(Topic.moves(request)));
        var table = tail.table();
        if (tail.scope().isNarrow()) topics.add(tail.scope().topic(table));
        else if (PERSONAL.contains(table) && !viewer.isAdmin()) topics.add(new Topic(table, Topic.PERSON, viewer.id()));
        else if (clients == null || table.equals("slack_messages")) topics.add(Topic.all(table));
        else clients.forEach(client -> topics.add(new Topic(table, "client_id", client)));
        if (viewer.isClient() && requests.isEmpty() && !HANG_ON_NOTHING.contains(table))
            topics.addAll(ofSight(table, clients));
        return topics;
    }

    /** Also where people of clients see all requests, they do not see what was removed, or hangs on no request. */
    private static Set<Topic> ofSight(String table, List<UUID> clients) {
        if (clients != null) return clients.stream().map(Topic::movesOf).collect(Collectors.toSet());
        return Tail.HANG_ON_VIDEOS.contains(table) ? Set.of(Topic.SIGHT) : Set.of();
    }
}
