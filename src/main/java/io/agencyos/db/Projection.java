package io.agencyos.db;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import jakarta.json.JsonValue;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/**
 * Some columns of a table, together with some of the rows that its foreign keys lead to, and how such rows become
 * objects: column by column onto the fields of the table's class.
 */
final class Projection<T> {

    private final Table<T> table;
    private final Constructor<T> constructor;
    private final Field[] fields;
    private final List<Join> joins;
    private final String columns;
    private final String from;

    /** The row that {@code key} leads to. */
    record Join(Field key, Projection<? extends Keyed> target) {}

    Projection(Table<T> table, List<Field> fields, List<Join> joins) {
        this.table = table;
        this.constructor = table.constructor();
        this.fields = fields.toArray(Field[]::new);
        this.joins = joins;
        this.columns = selected();
        this.from = joined();
    }

    /** The select list that {@link #map} reads. */
    String columns() {
        return columns;
    }

    private String selected() {
        var columns = new ArrayList<String>();
        for (var field : fields) columns.add(Columns.toColumn(field.getName()));
        for (var i = 0; i < joins.size(); i++) columns.add("joined" + i + ".*");
        return String.join(", ", columns);
    }

    /** What stands behind {@code from}. Joined columns have names of their own, so that no other name is ambiguous. */
    String from() {
        return from;
    }

    private String joined() {
        var from = new StringBuilder(table.name());
        for (var i = 0; i < joins.size(); i++)
            from.append(" left join lateral (select ")
                    .append(joins.get(i).target.named("joined" + i))
                    .append(" as target where target.id = ")
                    .append(table.name() + "."
                            + Columns.toColumn(joins.get(i).key.getName()))
                    .append(") joined" + i + " on true");
        return from.toString();
    }

    private String named(String prefix) {
        var columns = new ArrayList<String>();
        for (var i = 0; i < fields.length; i++)
            columns.add("target." + Columns.toColumn(fields[i].getName()) + " as " + prefix + "_" + i);
        return String.join(", ", columns) + " from " + table.name();
    }

    T map(Row row) {
        return map(row, 0);
    }

    private T map(Row row, int from) {
        try {
            var object = constructor.newInstance();
            for (var i = 0; i < fields.length; i++)
                fields[i].set(object, value(row.getValue(from + i), fields[i].getType()));
            if (!joins.isEmpty()) join((Keyed) object, row, from + fields.length);
            return object;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void join(Keyed object, Row row, int from) {
        var at = from;
        for (var join : joins) {
            // an id, which comes first, is never null
            object.join(join.key.getName(), row.getValue(at) == null ? null : join.target.map(row, at));
            at += join.target.fields.length;
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object value(Object value, Class<?> type) {
        if (value == null || value == Tuple.JSON_NULL) return null;
        if (type.isEnum())
            return Enum.valueOf((Class<Enum>) type, value.toString().toUpperCase(Locale.ROOT));
        if (type == Double.class) return ((Number) value).doubleValue();
        return type == JsonValue.class ? JsonColumn.of(value) : value;
    }
}
