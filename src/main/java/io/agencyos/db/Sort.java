package io.agencyos.db;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One column of an ordering. Nulls stand where PostgreSQL puts them by default, so that plain indexes serve.
 *
 * @param column the column
 * @param type its type in PostgreSQL
 * @param descending whether the largest come first
 * @param nullable whether the column can be null
 */
public record Sort(String column, String type, boolean descending, boolean nullable) {

    /** Ascending when no direction is given. */
    public static Sort by(SortField field, Direction direction) {
        return new Sort(field.column(), field.type(), direction == Direction.DESC, field.nullable());
    }

    /** The ordering that was asked for, or {@code fallback} when none was. */
    public static List<Sort> of(List<? extends Ordering> orders, Sort fallback) {
        var asked = orders == null
                ? List.<Sort>of()
                : orders.stream().filter(Objects::nonNull).map(Sort::by).toList();
        return asked.isEmpty() ? List.of(fallback) : asked;
    }

    private static Sort by(Ordering order) {
        return by(order.field(), order.direction());
    }

    /** The ordering made total by the id, which breaks every tie the way the first column goes. */
    static List<Sort> total(List<Sort> wanted, String keyType) {
        var total = new ArrayList<Sort>();
        for (var sort : wanted) if (total.stream().noneMatch(s -> s.column.equals(sort.column))) total.add(sort);
        total.add(new Sort("id", keyType, total.get(0).descending, false));
        return total;
    }

    Sort reversed() {
        return new Sort(column, type, !descending, nullable);
    }

    String orderBy() {
        return column + (descending ? " desc" : " asc");
    }

    /** The rows that come behind {@code value} in this column alone. */
    Sql behind(String value) {
        if (value == null) return Sql.of(descending ? column + " is not null" : "false");
        var behind = Sql.of(column + (descending ? " < " : " > ") + parameter(), value);
        return nullable && !descending ? Sql.of("(").add(behind).add(" or " + column + " is null)") : behind;
    }

    Sql equal(String value) {
        return value == null ? Sql.of(column + " is null") : Sql.of(column + " = " + parameter(), value);
    }

    /** A cursor's text as a value of the column. */
    String parameter() {
        return type.equals("text") ? "?::text" : "?::text::" + type;
    }
}
