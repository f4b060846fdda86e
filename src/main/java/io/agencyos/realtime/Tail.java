package io.agencyos.realtime;

import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.agencyos.db.ErrorCode;
import io.agencyos.db.Filter;
import io.agencyos.db.Keyed;
import io.agencyos.db.Reads;
import io.agencyos.db.Refusal;
import io.agencyos.db.Sql;
import io.agencyos.db.Wanted;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;

/**
 * The part of the change log that a subscription is about. It is read as the viewer, so row level security decides on
 * each change and on each row.
 *
 * @param wanted what will be looked at of a row, or null for all of it
 * @param filter which rows, or null for all
 * @param teller what a change is told as
 */
record Tail<T extends Keyed, R>(
        Class<T> type, Wanted wanted, String table, Scope scope, Filter filter, Function<? super Change<T>, R> teller) {

    /** What is hidden from people of clients together with the video that it hangs on. */
    static final Set<String> HANG_ON_VIDEOS =
            Set.of("video_versions", "timecode_comments", "version_approvals", "comment_notifications");

    /** The same, told as something else. */
    <S> Tail<T, S> map(Function<? super R, ? extends S> mapper) {
        return new Tail<>(type, wanted, table, scope, filter, change -> mapper.apply(teller.apply(change)));
    }

    /** The first thing told: from here on. */
    R live(Position position) {
        return teller.apply(Change.live(position));
    }

    /** Fails with RESYNC_REQUIRED when what it is about has moved between these places, if that is watched. */
    Uni<Void> unmoved(Reads reads, Position from, Position to, Set<Topic> watched) {
        if (watched.stream().noneMatch(Topic::isMove)) return Uni.createFrom().voidItem();
        return scope.requests(reads, table)
                .onFailure(Tail::isGone)
                .transform(gone -> Start.moved())
                .chain(requests -> reads.rows(
                                LogRow.moved(from, to, requests, HANG_ON_VIDEOS.contains(table)),
                                row -> row.getBoolean(1) || !row.getBoolean(0) && !areWatched(requests, watched))
                        .invoke(moved -> {
                            if (moved.get(0)) throw Start.moved();
                        }))
                .replaceWithVoid();
    }

    private static boolean isGone(Throwable failure) {
        return failure instanceof Refusal refusal && refusal.code() == ErrorCode.NOT_FOUND;
    }

    private static boolean areWatched(List<UUID> requests, Set<Topic> watched) {
        return requests.stream().map(Topic::moves).allMatch(watched::contains);
    }

    /** What comes behind {@code from}, up to {@code to}, and {@code most} so many changes. */
    Uni<Changes.Batch<R>> read(Reads reads, Position from, Position to, int most) {
        var sql = Sql.of("select xid::text, seq, op, row_id, changed_fields, at, ")
                .add(scope.inside())
                .add(
                        " from change_log where table_name = ? and (xid, seq) > (?::text::xid8, ?)"
                                + " and (xid, seq) <= (?::text::xid8, ?) and ",
                        table,
                        String.valueOf(from.xid()),
                        from.seq(),
                        String.valueOf(to.xid()),
                        to.seq())
                .add(scope.condition())
                .add(" order by change_log.xid, change_log.seq limit ?", most);
        return reads.rows(sql, Entry::<T>of).chain(entries -> {
            var end =
                    entries.size() < most ? to : entries.get(most - 1).change().position();
            return withRows(reads, entries).map(found -> new Changes.Batch<>(told(found), end));
        });
    }

    /** A change, and whether its row has its place in the scope, or has just left it. */
    private record Entry<T>(Change<T> change, boolean inside) {

        static <T> Entry<T> of(Row row) {
            return new Entry<>(Change.of(row), row.getBoolean(6));
        }

        Change<T> with(Map<String, T> rows) {
            return change.with(inside ? rows.get(change.id()) : null);
        }
    }

    /** Each when somebody comes to it, as the rest of a piece may not be told this time. */
    private List<Changes.Told<R>> told(List<Change<T>> changes) {
        return new AbstractList<>() {
            @Override
            public Changes.Told<R> get(int index) {
                var change = changes.get(index);
                return new Changes.Told<>(change.position(), teller.apply(change));
            }

            @Override
            public int size() {
                return changes.size();
            }
        };
    }

    private Uni<List<Change<T>>> withRows(Reads reads, List<Entry<T>> entries) {
        if (entries.isEmpty()) return Uni.createFrom().item(List.of());
        var ids = entries.stream().map(entry -> entry.change().id()).collect(Collectors.toSet());
        return reads.byIds(type, wanted, ids).chain(rows -> {
            Map<String, T> byId = rows.stream().collect(Collectors.toMap(Tail::id, Function.identity()));
            var told = entries.stream().map(entry -> entry.with(byId)).toList();
            return matching(reads, ids)
                    .map(in -> told.stream().filter(c -> concerns(c, in)).toList());
        });
    }

    private Uni<Set<String>> matching(Reads reads, Set<String> ids) {
        if (filter == null) return Uni.createFrom().item(ids);
        var where = Reads.among(type, ids).add(" and ").add(Filter.where(filter));
        return reads.all(type, where).map(rows -> rows.stream().map(Tail::id).collect(Collectors.toSet()));
    }

    private static String id(Keyed row) {
        return row.key().toString();
    }

    private boolean concerns(Change<T> change, Set<String> matching) {
        return change.operation() == Operation.DELETE
                || matching.contains(change.id())
                || change.changedFields().stream().anyMatch(Filter.fields(filter)::contains);
    }
}
