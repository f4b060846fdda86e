package io.agencyos.db;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;

/** What can be done in a read unit: all of it sees one snapshot, as the actor may see it. */
public final class Reads {

    /** PostgreSQL's protocol counts the values of a statement in 16 bits; half of that is enough for anybody. */
    private static final int MOST_VALUES = 32_767;

    private final ReadUnit unit;

    Reads(ReadUnit unit) {
        this.unit = unit;
    }

    /** Every row of a statement, made into what {@code mapper} says. */
    public <T> Uni<List<T>> rows(Sql sql, Function<Row, T> mapper) {
        return UniHelper.toUni(execute(sql)).map(rows -> {
            var list = new ArrayList<T>(rows.size());
            for (var row : rows) list.add(mapper.apply(row));
            return list;
        });
    }

    /** The rows of {@code type} that fulfil {@code where}, in no particular order. */
    public <T> Uni<List<T>> all(Class<T> type, Sql where) {
        return some(type, null, where);
    }

    private <T> Uni<List<T>> some(Class<T> type, Wanted wanted, Sql where) {
        var table = Table.of(type);
        var projection = table.projections().of(wanted, List.of());
        var sql = Sql.of("select " + projection.columns() + " from " + projection.from() + " where ")
                .add(where);
        return rows(sql, projection::map);
    }

    /** The row with this id, or null when there is none that the actor may see. */
    public <T> Uni<T> byId(Class<T> type, Object id) {
        return byId(type, null, id);
    }

    /** The same, of which only some properties will be looked at. */
    public <T> Uni<T> byId(Class<T> type, Wanted wanted, Object id) {
        return some(type, wanted, Sql.of("id = ?", id)).map(found -> found.isEmpty() ? null : found.get(0));
    }

    /** The rows with these ids, one statement for all. */
    public <T> Uni<List<T>> byIds(Class<T> type, Collection<?> ids) {
        return byIds(type, null, ids);
    }

    /** The same, of which only some properties will be looked at. */
    public <T> Uni<List<T>> byIds(Class<T> type, Wanted wanted, Collection<?> ids) {
        return some(type, wanted, among(type, ids));
    }

    /** The condition that a row of {@code type} has one of these ids, which may also be given as texts. */
    public static Sql among(Class<?> type, Collection<?> ids) {
        var table = Table.of(type);
        return Sql.of("id = any(")
                .add(Sql.array(table.keyType(), table.keys(ids)))
                .add(")");
    }

    /** For each of {@code rows} the one that its foreign key {@code key} leads to, or null: at most one statement. */
    public <P, T extends Keyed> Uni<List<T>> referred(List<P> rows, String key, Class<T> type, Wanted wanted) {
        if (rows.stream().allMatch(row -> row instanceof Keyed keyed && keyed.isJoined(key)))
            return Uni.createFrom()
                    .item(rows.stream()
                            .map(row -> type.cast(((Keyed) row).joined(key)))
                            .toList());
        var keys = rows.stream().map(row -> Table.key(row, key)).toList();
        var ids = keys.stream().filter(Objects::nonNull).collect(Collectors.toSet());
        if (ids.isEmpty()) return Uni.createFrom().item(Collections.nCopies(rows.size(), null));
        return byIds(type, wanted, ids).map(found -> {
            var byId = found.stream().collect(Collectors.toMap(Keyed::key, Function.identity()));
            return keys.stream().map(byId::get).toList();
        });
    }

    /** One page of each of the lists of {@code keyset}, one statement for all. */
    public <T> Uni<List<Slice<T>>> pages(Keyset<T> keyset) {
        return UniHelper.toUni(execute(keyset.select())).map(found -> {
            var lists = new ArrayList<List<T>>();
            for (var i = 0; i < keyset.lists(); i++) lists.add(new ArrayList<>());
            for (var row : found) lists.get(place(keyset, row)).add(keyset.map(row));
            var slices = new ArrayList<Slice<T>>();
            for (var i = 0; i < lists.size(); i++) slices.add(keyset.slice(lists.get(i), i));
            return slices;
        });
    }

    /** How many rows each of the lists of {@code keyset} has in all, one statement for all. */
    public Uni<List<Integer>> counts(Keyset<?> keyset) {
        return UniHelper.toUni(execute(keyset.count())).map(found -> {
            var counts = new Integer[keyset.lists()];
            for (var row : found) counts[place(keyset, row)] = row.getInteger(0);
            return List.of(counts);
        });
    }

    /** PostgreSQL counts from one; a list without parents is alone. */
    private static int place(Keyset<?> keyset, Row row) {
        return keyset.lists() == 1 ? 0 : row.getLong(row.size() - 1).intValue() - 1;
    }

    /** The number that a counting statement gives. */
    public Uni<Integer> count(Sql sql) {
        return rows(sql, row -> row.getInteger(0)).map(found -> found.get(0));
    }

    private Future<RowSet<Row>> execute(Sql sql) {
        if (sql.size() > MOST_VALUES) throw new Refusal(ErrorCode.LIMIT_EXCEEDED, "The filter is too large");
        return unit.execute(sql);
    }
}
