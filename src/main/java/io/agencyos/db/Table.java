package io.agencyos.db;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.json.JsonValue;
import jakarta.persistence.Column;

import io.vertx.core.json.Json;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/**
 * How the rows of a table become objects of an entity class: column by column onto the public field of the same name.
 * Reading rows costs a quarter of what a session does, and it is the same class either way.
 */
final class Table<T> {

    private static final Map<Class<?>, Table<?>> TABLES = new ConcurrentHashMap<>();

    private final Class<T> type;
    private final String name;
    private final List<Field> fields;
    private final String columns;

    private Table(Class<T> type) {
        this.type = type;
        this.name = type.getAnnotation(jakarta.persistence.Table.class).name();
        this.fields = mapped(type);
        this.columns = String.join(
                ", ", fields.stream().map(f -> Columns.toColumn(f.getName())).toList());
    }

    @SuppressWarnings("unchecked")
    static <T> Table<T> of(Class<T> type) {
        return (Table<T>) TABLES.computeIfAbsent(type, Table::new);
    }

    private static List<Field> mapped(Class<?> type) {
        // Panache makes public fields private at build time, and Hibernate adds some of its own, all of them transient
        var mapped = new ArrayList<Field>();
        for (Class<?> c = type; c != Object.class; c = c.getSuperclass())
            for (var field : c.getDeclaredFields())
                if (!Modifier.isStatic(field.getModifiers())
                        && !Modifier.isTransient(field.getModifiers())
                        && field.trySetAccessible()) mapped.add(field);
        return mapped;
    }

    String name() {
        return name;
    }

    /** The select list that {@link #map} reads. */
    String columns() {
        return columns;
    }

    T map(Row row) {
        try {
            var object = type.getConstructor().newInstance();
            for (var i = 0; i < fields.size(); i++)
                fields.get(i).set(object, value(row, i, fields.get(i).getType()));
            return object;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object value(Row row, int i, Class<?> type) {
        var value = row.getValue(i);
        if (value == null || value == Tuple.JSON_NULL) return null;
        if (type.isEnum())
            return Enum.valueOf((Class<Enum>) type, value.toString().toUpperCase(Locale.ROOT));
        return type == JsonValue.class ? JsonColumn.parse(Json.encode(value)) : value;
    }

    /** Whether two rows say the same in every column that a client can fill. */
    boolean sameContent(T one, T other) {
        for (var field : fields) {
            var column = field.getAnnotation(Column.class);
            if (column != null && !column.insertable() || field.isAnnotationPresent(SetByTrigger.class)) continue;
            if (!comparable(get(field, one)).equals(comparable(get(field, other)))) return false;
        }
        return true;
    }

    private static Object comparable(Object value) {
        if (value instanceof OffsetDateTime time) return time.toInstant().truncatedTo(ChronoUnit.MICROS);
        return value == null ? "" : value;
    }

    private static Object get(Field field, Object row) {
        try {
            return field.get(row);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The text of one column of a row, as a cursor keeps it; null stays null. */
    String text(T row, String column) {
        for (var field : fields)
            if (Columns.toColumn(field.getName()).equals(column)) {
                var value = get(field, row);
                return value instanceof Enum<?> e ? LowerCase.of(e) : value == null ? null : value.toString();
            }
        throw new IllegalArgumentException(name + " has no column " + column);
    }
}
