package io.agencyos.db;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import jakarta.json.JsonValue;
import jakarta.persistence.Column;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.eclipse.microprofile.graphql.Ignore;
import org.eclipse.microprofile.graphql.Type;
import org.hibernate.annotations.ColumnTransformer;

/**
 * A table and the entity class of its rows, whose fields have the names of its columns. Reading rows costs a quarter of
 * what a session does, and it is the same class either way.
 */
final class Table<T> {

    private static final Map<Class<?>, Table<?>> TABLES = new ConcurrentHashMap<>();

    private static final int KEPT = 256;

    private final Class<T> type;
    private final String name;
    private final String typeName;
    private final List<Field> fields;
    private final String keyType;
    private final Projection<T> all;
    private final Cache<Choice, Projection<T>> projections =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    private record Choice(Wanted wanted, List<Sort> order) {}

    private Table(Class<T> type) {
        this.type = type;
        this.name = type.getAnnotation(jakarta.persistence.Table.class).name();
        this.typeName = type.getAnnotation(Type.class).value();
        this.fields = mapped(type);
        this.keyType = fields.stream().anyMatch(Table::isUuidKey) ? "uuid" : "text";
        this.all = new Projection<>(this, fields, List.of());
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

    /** All columns. */
    Projection<T> all() {
        return all;
    }

    /** What is wanted, null meaning all columns; always the id, and what the rows are ordered by. */
    Projection<T> of(Wanted wanted, List<Sort> order) {
        return wanted == null ? all : projections.get(new Choice(wanted, order), this::project);
    }

    private Projection<T> project(Choice choice) {
        var names = names(choice.wanted, true);
        choice.order.forEach(sort -> names.add(Columns.toProperty(sort.column())));
        return new Projection<>(this, chosen(names), joins(choice.wanted));
    }

    /** What is to be read; of what is read together with the row the keys are not needed. */
    private Set<String> names(Wanted wanted, boolean joining) {
        var names = new HashSet<>(wanted.read());
        names.add("id");
        for (var field : wanted.resolved()) if (!joining || !isJoined(field, wanted)) names.addAll(lookedAt(field));
        return names;
    }

    /** Whether the object is read together with the row, so that nobody needs its key. */
    private boolean isJoined(String field, Wanted wanted) {
        return wanted.objects().containsKey(field)
                && fields.stream().anyMatch(key -> isReference(key) && isKeyOf(field, key.getName()));
    }

    private boolean isReference(Field field) {
        return field.isAnnotationPresent(References.class) && Keyed.class.isAssignableFrom(type);
    }

    /**
     * The properties that a resolved field may look at: none where the class says so, those that say so, else its own
     * key, else all that are hidden.
     */
    private List<String> lookedAt(String field) {
        if (feeds(type).contains(field)) return List.of();
        var feeding = names(f -> feeds(f).contains(field));
        return feeding.isEmpty() ? hidden(field) : feeding;
    }

    private static List<String> feeds(AnnotatedElement element) {
        var feeds = element.getAnnotation(Feeds.class);
        return feeds == null ? List.of() : List.of(feeds.value());
    }

    private List<String> hidden(String field) {
        var hidden = names(f -> f.isAnnotationPresent(Ignore.class));
        var own = hidden.stream().filter(name -> isKeyOf(field, name)).toList();
        return own.isEmpty() ? hidden : own;
    }

    private List<String> names(Predicate<Field> which) {
        return fields.stream().filter(which).map(Field::getName).toList();
    }

    private static boolean isKeyOf(String field, String name) {
        return name.equals(field) || name.equals(field + "Id");
    }

    /** These fields, the id first. */
    private List<Field> chosen(Set<String> names) {
        return fields.stream()
                .filter(field -> names.contains(field.getName()))
                .sorted(Comparator.comparing(field -> !field.getName().equals("id")))
                .toList();
    }

    private List<Projection.Join> joins(Wanted wanted) {
        var joins = new ArrayList<Projection.Join>();
        for (var field : fields) {
            if (!isReference(field)) continue;
            var leads = field.getAnnotation(References.class);
            wanted.objects().forEach((name, object) -> {
                if (isKeyOf(name, field.getName())) joins.add(of(leads.value()).join(field, object));
            });
        }
        return joins;
    }

    @SuppressWarnings("unchecked")
    private Projection.Join join(Field key, Wanted wanted) {
        // what hangs on this one in turn is looked up by its keys
        var target = new Projection<>(this, chosen(names(wanted, false)), List.of());
        return new Projection.Join(key, (Projection<? extends Keyed>) target);
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
                .add(" returning " + all.columns());
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
