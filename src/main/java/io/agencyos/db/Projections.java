package io.agencyos.db;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.eclipse.microprofile.graphql.Ignore;

/**
 * What can be read of a table's rows: only the columns that somebody looks at, and with them the rows that foreign keys
 * lead to, where somebody wants those. One projection serves all who want the same.
 */
final class Projections<T> {

    private static final int KEPT = 256;

    private final Table<T> table;
    private final Projection<T> all;
    private final Cache<Choice, Projection<T>> kept =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    private record Choice(Wanted wanted, List<Sort> order) {}

    Projections(Table<T> table) {
        this.table = table;
        this.all = new Projection<>(table, table.fields(), List.of());
    }

    /** All columns. */
    Projection<T> all() {
        return all;
    }

    /** What is wanted, null meaning all columns; always the id, and what the rows are ordered by. */
    Projection<T> of(Wanted wanted, List<Sort> order) {
        return wanted == null ? all : kept.get(new Choice(wanted, order), this::project);
    }

    private Projection<T> project(Choice choice) {
        var names = names(choice.wanted, true);
        choice.order.forEach(sort -> names.add(Columns.toProperty(sort.column())));
        return new Projection<>(table, chosen(names), joins(choice.wanted));
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
                && table.fields().stream().anyMatch(key -> isReference(key) && isKeyOf(field, key.getName()));
    }

    private boolean isReference(Field field) {
        return field.isAnnotationPresent(References.class) && Keyed.class.isAssignableFrom(table.type());
    }

    /**
     * The properties that a resolved field may look at: none where the class says so, those that say so, else its own
     * key, else all that are hidden.
     */
    private List<String> lookedAt(String field) {
        if (feeds(table.type()).contains(field)) return List.of();
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
        return table.fields().stream().filter(which).map(Field::getName).toList();
    }

    private static boolean isKeyOf(String field, String name) {
        return name.equals(field) || name.equals(field + "Id");
    }

    /** These fields, the id first. */
    private List<Field> chosen(Set<String> names) {
        return table.fields().stream()
                .filter(field -> names.contains(field.getName()))
                .sorted(Comparator.comparing(field -> !field.getName().equals("id")))
                .toList();
    }

    private List<Projection.Join> joins(Wanted wanted) {
        var joins = new ArrayList<Projection.Join>();
        for (var field : table.fields()) {
            if (!isReference(field)) continue;
            var target = Table.of(field.getAnnotation(References.class).value()).projections();
            wanted.objects().forEach((name, object) -> {
                if (isKeyOf(name, field.getName())) joins.add(target.join(field, object));
            });
        }
        return joins;
    }

    @SuppressWarnings("unchecked")
    private Projection.Join join(Field key, Wanted wanted) {
        // what hangs on this one in turn is looked up by its keys
        var target = new Projection<>(table, chosen(names(wanted, false)), List.of());
        return new Projection.Join(key, (Projection<? extends Keyed>) target);
    }
}
