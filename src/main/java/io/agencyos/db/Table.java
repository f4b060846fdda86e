package io.agencyos.db;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.json.JsonValue;
import jakarta.persistence.Column;

import org.eclipse.microprofile.graphql.Type;
import org.hibernate.annotations.ColumnTransformer;

/**
 * A table and the entity class of its rows, whose fields have the names of its columns. Reading rows costs a quarter of
 * what a session does, and it is the same class either way.
 */
final class Table<T> {

    private static final Map<Class<?>, Table<?>> TABLES = new ConcurrentHashMap<>();

    private final Class<T> type;
    private final String name;
    private final String typeName;
    private final List<Field> fields;
    private final String keyType;
    private final Projections<T> projections;

    private Table(Class<T> type) {
        this.type = type;
        this.name = type.getAnnotation(jakarta.persistence.Table.class).name();
        this.typeName = type.getAnnotation(Type.class).value();
        this.fields = mapped(type);
        this.keyType = fields.stream().anyMatch(Table::isUuidKey) ? "uuid" : "text";
        this.projections = new Projections<>(this);
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

    private static boolean isUuidKey(Field field) {
        return field.getName().equals("id") && field.getType() == UUID.class;
    }

    String name() {
        return name;
    }

    Class<T> type() {
        return type;
    }

    /** The fields of the class that are columns of the table. */
    List<Field> fields() {
        return fields;
    }

    /** What can be read of its rows. */
    Projections<T> projections() {
        return projections;
    }

    /** All columns. */
    Projection<T> all() {
        return projections.all();
    }

    Constructor<T> constructor() {
        try {
            return type.getConstructor();
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the API calls the type of a row. */
    String typeName() {
        return typeName;
    }

    /** Makes {@code row}, and answers all of its columns; what is null is left to the column's default. */
    Sql insert(T row) {
        var columns = new ArrayList<String>();
        var values = new ArrayList<Sql>();
        for (var field : fields) {
            if (!insertable(field) || get(field, row) == null) continue;
            columns.add(Columns.toColumn(field.getName()));
            values.add(Sql.of(parameter(field), stored(get(field, row))));
        }
        return Sql.of("insert into " + name + " (" + String.join(", ", columns) + ") values ")
                .add(Sql.join(", ", values))
                .add(" returning " + all().columns());
    }

    private static boolean insertable(Field field) {
        var column = field.getAnnotation(Column.class);
        return column == null || column.insertable();
    }

    /** How Hibernate writes the column, where it has to be told. */
    private static String parameter(Field field) {
        var transformer = field.getAnnotation(ColumnTransformer.class);
        return transformer == null || transformer.write().isEmpty() ? "?" : transformer.write();
    }

    private static Object stored(Object value) {
        if (value instanceof Enum<?> constant) return LowerCase.of(constant);
        return value instanceof JsonValue json ? json.toString() : value;
    }

    /** Whether two rows say the same in every column that a client can fill. */
    boolean sameContent(T one, T other) {
        for (var field : fields) {
            if (!insertable(field) || field.isAnnotationPresent(SetByTrigger.class)) continue;
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

    /** The value of a foreign key of a row. */
    static Object key(Object row, String property) {
        return of(row.getClass()).fields.stream()
                .filter(field -> field.getName().equals(property))
                .findFirst()
                .map(field -> get(field, row))
                .orElse(null);
    }

    /** What PostgreSQL calls the type of the table's keys. */
    String keyType() {
        return keyType;
    }

    /** Keys of this table, which may also be given as texts, as PostgreSQL takes them. */
    Object keys(Collection<?> keys) {
        var texts = keys.stream().map(Object::toString);
        return keyType().equals("uuid")
                ? texts.map(UUID::fromString).toArray(UUID[]::new)
                : texts.toArray(String[]::new);
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
