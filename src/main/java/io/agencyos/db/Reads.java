package io.agencyos.db;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;

/** What can be done in a read unit: all of it sees one snapshot, as the actor may see it. */
public final class Reads {

    /** PostgreSQL's protocol counts the values of a statement in 16 bits; half of that is enough for anybody. */
    private static final int MOST_VALUES = 32_767;

    private final SqlConnection connection;

    Reads(SqlConnection connection) {
        this.connection = connection;
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
        var table = Table.of(type);
        var sql = Sql.of("select " + table.columns() + " from " + table.name() + " where ")
                .add(where);
        return rows(sql, table::map);
    }

    /** The row with this id, or null when there is none that the actor may see. */
    public <T> Uni<T> byId(Class<T> type, UUID id) {
        return all(type, Sql.of("id = ?", id)).map(found -> found.isEmpty() ? null : found.get(0));
    }

    /** The rows with these ids, one statement for all. */
    public <T> Uni<List<T>> byIds(Class<T> type, Collection<UUID> ids) {
        return all(type, Sql.of("id = any(?)", (Object) ids.toArray(UUID[]::new)));
    }

    /** One page of a list. */
    public <T> Uni<Slice<T>> page(Keyset<T> list) {
        return rows(list.select(), list.table()::map).map(list::slice);
    }

    /** The number that a counting statement gives. */
    public Uni<Integer> count(Sql sql) {
        return rows(sql, row -> row.getInteger(0)).map(found -> found.get(0));
    }

    private Future<RowSet<Row>> execute(Sql sql) {
        if (sql.size() > MOST_VALUES) throw new Refusal(ErrorCode.LIMIT_EXCEEDED, "The filter is too large");
        return connection.preparedQuery(sql.text()).execute(sql.values());
    }
}
