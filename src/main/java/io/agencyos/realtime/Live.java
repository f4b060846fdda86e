package io.agencyos.realtime;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.db.Db;
import io.agencyos.db.ErrorCode;
import io.agencyos.db.Filter;
import io.agencyos.db.Reads;
import io.agencyos.db.Refusal;
import io.agencyos.db.Sql;
import io.agencyos.db.Versioned;
import io.agencyos.security.Actor;
import io.agencyos.security.CurrentActor;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/**
 * Streams of changes. Each subscription reads the log from its own position, as its own viewer, one batch after the
 * other: so row level security decides on every event, nothing is lost or doubled, and one who reads slowly holds up
 * nobody and needs no buffer.
 */
@ApplicationScoped
public class Live {

    private static final int BATCH = 200;
    private static final Sql HORIZON = Sql.of("select pg_snapshot_xmin(pg_current_snapshot())::text");
    private static final Sql NEWEST = Sql.of("select c.xid::text, c.seq from change_log c"
            + " where c.xid < pg_snapshot_xmin(pg_current_snapshot()) order by c.xid desc, c.seq desc limit 1");
    private static final Position BEGINNING = new Position("0", 0);

    private final Db db;
    private final ChangeFeed feed;

    Live(Db db, ChangeFeed feed) {
        this.db = db;
        this.feed = feed;
    }

    /**
     * The changes of a table that the current actor may hear of, from {@code after} or from now on. The first one is
     * {@link Operation#LIVE}.
     *
     * @param filter which rows; a removal, and a change of a field that the filter looks at, is told of even when the
     *     row does not match, since it may have matched before
     * @param after a cursor of this stream, or null
     */
    public <T extends Versioned> Multi<Change<T>> follow(Class<T> type, String table, Filter filter, String after) {
        // at once, as a refusal within the stream would come too late to be the operation's own error
        var position = after == null ? null : Position.of(after);
        var subscription = new Subscription<>(type, table, filter, CurrentActor.get());
        var context = Vertx.currentContext();
        return subscription
                .start(position)
                .onItem()
                .transformToMulti(start -> subscription.from(start))
                .emitOn(task -> context.runOnContext(x -> task.run()));
    }

    private final class Subscription<T extends Versioned> {

        private final Class<T> type;
        private final String table;
        private final Filter filter;
        private final Actor viewer;
        private Position position;
        private long seen;

        Subscription(Class<T> type, String table, Filter filter, Actor viewer) {
            this.type = type;
            this.table = table;
            this.filter = filter;
            this.viewer = viewer;
        }

        Uni<Position> start(Position after) {
            return db.read(viewer, reads -> after == null ? newest(reads) : resumed(reads, after));
        }

        /** A cursor that this log has not come to is another log's: of a database that was restored, say. */
        private Uni<Position> resumed(Reads reads, Position after) {
            var reached = Sql.of("select ?::text::xid8 <= pg_snapshot_xmax(pg_current_snapshot())", after.xid());
            return reads.rows(reached, row -> row.getBoolean(0)).map(found -> {
                if (found.get(0)) return after;
                throw new Refusal(ErrorCode.RESYNC_REQUIRED, "The stream cannot go on from this cursor; read anew");
            });
        }

        /**
         * The last place below the horizon. Not the horizon itself: a crash of the database takes back the numbers of
         * transactions that left nothing on the disk, and what is then written under them lies below it.
         */
        private Uni<Position> newest(Reads reads) {
            return reads.rows(NEWEST, row -> new Position(row.getString(0), row.getLong(1)))
                    .map(found -> found.isEmpty() ? BEGINNING : found.get(0));
        }

        /** The place below which nothing will appear any more. */
        private Uni<Position> horizon(Reads reads) {
            return reads.rows(HORIZON, row -> new Position(row.getString(0), 0)).map(found -> found.get(0));
        }

        Multi<Change<T>> from(Position start) {
            position = start;
            Multi<Change<T>> changes = Multi.createBy()
                    .repeating()
                    .uni(this::next)
                    .indefinitely()
                    .onItem()
                    .<Change<T>>disjoint();
            return Multi.createBy().concatenating().streams(Multi.createFrom().item(Change.live(start)), changes);
        }

        private Uni<List<Change<T>>> next() {
            seen = feed.tick();
            return read().chain(batch -> {
                if (!batch.isEmpty()) return Uni.createFrom().item(batch);
                return feed.after(seen).replaceWith(batch);
            });
        }

        /** A database that is away for a while is waited for: the position is kept, so nothing is lost. */
        private Uni<List<Change<T>>> read() {
            return db.read(viewer, this::batch)
                    .onFailure(failure -> !(failure instanceof Refusal))
                    .retry()
                    .withBackOff(Duration.ofMillis(100), Duration.ofSeconds(5))
                    .indefinitely();
        }

        private Uni<List<Change<T>>> batch(Reads reads) {
            return horizon(reads).chain(horizon -> batch(reads, horizon));
        }

        private Uni<List<Change<T>>> batch(Reads reads, Position horizon) {
            var sql = Sql.of(
                    "select c.xid::text, seq, op, row_id, changed_fields, at from change_log c where table_name = ?"
                            + " and (c.xid, seq) > (?::text::xid8, ?) and c.xid < ?::text::xid8"
                            + " order by c.xid, seq limit ?",
                    table,
                    position.xid(),
                    position.seq(),
                    horizon.xid(),
                    BATCH);
            return reads.rows(sql, Change::<T>of)
                    .invoke(changes -> position = end(changes))
                    .chain(changes -> withRows(reads, changes));
        }

        /** Where the next batch begins: past the changes that the viewer may not see as well. */
        private Position end(List<Change<T>> changes) {
            if (changes.isEmpty()) return position;
            return Position.of(changes.get(changes.size() - 1).cursor());
        }

        private Uni<List<Change<T>>> withRows(Reads reads, List<Change<T>> changes) {
            if (changes.isEmpty()) return Uni.createFrom().item(changes);
            var ids = changes.stream().map(Change::id).collect(Collectors.toSet());
            return reads.byIds(type, ids).chain(rows -> {
                Map<UUID, T> byId = rows.stream().collect(Collectors.toMap(row -> row.id, Function.identity()));
                var told = changes.stream()
                        .map(change -> change.with(byId.get(change.id())))
                        .toList();
                return matching(reads, ids)
                        .map(in -> told.stream().filter(c -> concerns(c, in)).toList());
            });
        }

        private Uni<Set<UUID>> matching(Reads reads, Set<UUID> ids) {
            if (filter == null) return Uni.createFrom().item(ids);
            var where = Sql.of("id = any(?) and ", (Object) ids.toArray(UUID[]::new))
                    .add(Filter.where(filter));
            return reads.all(type, where)
                    .map(rows -> rows.stream().map(row -> row.id).collect(Collectors.toSet()));
        }

        private boolean concerns(Change<T> change, Set<UUID> matching) {
            return change.operation() == Operation.DELETE
                    || matching.contains(change.id())
                    || change.changedFields().stream().anyMatch(Filter.fields(filter)::contains);
        }
    }
}
