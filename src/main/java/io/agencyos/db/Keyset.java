package io.agencyos.db;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

import io.vertx.sqlclient.Row;

/**
 * A list that is paged by the values of its ordering's columns, so that a deep page costs what the first one does and
 * rows that come or go elsewhere never shift it; or such a list for each of many parents, all of them one statement.
 *
 * @param <T> the row's class
 */
public final class Keyset<T> {

    private final Table<T> table;
    private final Parents parents;
    private final Sql where;
    private final Page page;
    private final List<Sort> order;
    private final Projection<T> projection;

    private Keyset(Class<T> type, Parents parents, Sql where, Page page, List<Sort> order) {
        this.table = Table.of(type);
        this.parents = parents;
        this.where = where;
        this.page = page.checked();
        this.order = Sort.total(order, table.keyType());
        this.projection = table.projections().of(Wanted.of(type), this.order);
    }

    /**
     * Whose lists they are.
     *
     * @param ids the parents
     * @param type what PostgreSQL calls the type of their ids
     * @param relation the condition that ties a row to {@code parent.id}
     */
    private record Parents(Object[] ids, String type, String relation) {

        Sql each(Sql of) {
            return Sql.of(" from unnest(")
                    .add(Sql.array(type, ids))
                    .add(") with ordinality as parent (id, place) ")
                    .add(of);
        }
    }

    /** The rows of {@code type} where {@code where} holds, ordered by {@code order} and then by id. */
    public static <T> Keyset<T> of(Class<T> type, Sql where, Page page, List<Sort> order) {
        return new Keyset<>(type, null, where, page, order);
    }

    /** The same, for each parent those that {@code relation} ties to {@code parent.id}. */
    public static <T> Keyset<T> under(
            List<?> parents, String relation, Class<T> type, Sql where, Page page, List<Sort> order) {
        var texts = parents.stream().anyMatch(String.class::isInstance);
        var under = texts
                ? new Parents(parents.toArray(String[]::new), "text", relation)
                : new Parents(parents.toArray(UUID[]::new), "uuid", relation);
        return new Keyset<>(type, under, where, page, order);
    }

    T map(Row row) {
        return projection.map(row);
    }

    /** How many lists there are. */
    int lists() {
        return parents == null ? 1 : parents.ids.length;
    }

    /** Of each list one row more than the page holds, to know whether there are more; the parent's place comes last. */
    Sql select() {
        if (parents == null) return rows();
        // a nested loop over the parents: the rows of each come in the order of the inner query
        var each = Sql.of("cross join lateral (").add(rows()).add(") child");
        return Sql.of("select child.*, parent.place").add(parents.each(each));
    }

    private Sql rows() {
        var going = page.backward() ? order.stream().map(Sort::reversed).toList() : order;
        var sql = Sql.of("select " + projection.columns() + " from " + projection.from())
                .add(matching());
        if (page.cursor() != null)
            sql.add(" and ")
                    .add(behind(going, Cursor.decode(order, page.backward() ? "before" : "after", page.cursor())));
        sql.add(" order by "
                + String.join(", ", going.stream().map(Sort::orderBy).toList()));
        // not a parameter: PostgreSQL takes an unknown limit for a tenth of the table, and would plan each call anew
        return sql.add(" limit " + (page.size() + 1));
    }

    private Sql matching() {
        var tied = parents == null ? "" : parents.relation + " and ";
        return Sql.of(" where " + tied).add(where);
    }

    /** How many rows each list has, and the parent's place. */
    Sql count() {
        var counted = Sql.of("select count(*)::int from " + table.name()).add(matching());
        return parents == null
                ? counted
                : Sql.of("select (").add(counted).add("), parent.place").add(parents.each(Sql.of("")));
    }

    Slice<T> slice(List<T> rows, int list) {
        var more = rows.size() > page.size();
        var shown = new ArrayList<>(more ? rows.subList(0, page.size()) : rows);
        if (page.backward()) Collections.reverse(shown);
        var came = page.cursor() != null;
        return new Slice<>(shown, page.backward() ? came : more, page.backward() ? more : came, this, list);
    }

    /** The cursor of a row of this list. */
    String cursor(T row) {
        return Cursor.encode(
                order,
                order.stream().map(sort -> table.text(row, sort.column())).toList());
    }

    private static Sql behind(List<Sort> order, List<String> values) {
        var direction = order.get(0).descending();
        if (order.stream().allMatch(s -> !s.nullable() && s.descending() == direction)) return compared(order, values);
        var ways = new ArrayList<Sql>();
        for (var i = 0; i < order.size(); i++) ways.add(behindAt(i, order, values));
        return Sql.join(" or ", ways);
    }

    /** PostgreSQL's row comparison, which an index over the same columns answers. */
    private static Sql compared(List<Sort> order, List<String> values) {
        var columns = String.join(", ", order.stream().map(Sort::column).toList());
        var parameters = String.join(", ", order.stream().map(Sort::parameter).toList());
        var operator = order.get(0).descending() ? " < " : " > ";
        return Sql.of("(" + columns + ")" + operator + "(" + parameters + ")", values.toArray());
    }

    /** Equal in the columns before {@code i}, behind in that one. */
    private static Sql behindAt(int i, List<Sort> order, List<String> values) {
        var conditions = new ArrayList<Sql>();
        for (var j = 0; j < i; j++) conditions.add(order.get(j).equal(values.get(j)));
        conditions.add(order.get(i).behind(values.get(i)));
        return Sql.join(" and ", conditions);
    }
}
