package io.agencyos.db;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Locale;

import jakarta.json.JsonValue;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/** Some columns of a table, and how rows of them become objects of its class: column by column onto its fields. */
final class Projection<T> {

    private final Constructor<T> constructor;
    private final Field[] fields;
    private final String columns;

    Projection(Class<T> type, List<Field> fields) {
        this.constructor = constructor(type);
        this.fields = fields.toArray(Field[]::new);
        this.columns = String.join(
                ", ", fields.stream().map(f -> Columns.toColumn(f.getName())).toList());
    }

    private static <T> Constructor<T> constructor(Class<T> type) {
        try {
            return type.getConstructor();
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The select list that {@link #map} reads. */
    String columns() {
        return columns;
    }

    T map(Row row) {
        try {
            var object = constructor.newInstance();
            for (var i = 0; i < fields.length; i++) fields[i].set(object, value(row.getValue(i), fields[i].getType()));
            return object;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object value(Object value, Class<?> type) {
        if (value == null || value == Tuple.JSON_NULL) return null;
        if (type.isEnum())
            return Enum.valueOf((Class<Enum>) type, value.toString().toUpperCase(Locale.ROOT));
        return type == JsonValue.class ? JsonColumn.of(value) : value;
    }
}
