package io.agencyos.db;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An input record that restricts a list. Its components are named like the columns they compare; {@code and}, {@code
 * or} and {@code not} hold further filters of the same type. All that is given is and-ed.
 */
public interface Filter {

    /** The condition of {@code filter}; {@code true} when it asks nothing. */
    static Sql where(Filter filter) {
        var conditions = filter == null ? List.<Sql>of() : filter.conditions();
        return conditions.isEmpty() ? Sql.of("true") : Sql.join(" and ", conditions);
    }

    /**
     * The API's names of the fields that {@code filter} looks at, nested ones included; a change elsewhere cannot
     * matter to it.
     */
    static Set<String> fields(Filter filter) {
        var fields = new HashSet<String>();
        if (filter != null) filter.collect(fields);
        return fields;
    }

    private void collect(Set<String> fields) {
        for (var component : getClass().getRecordComponents()) {
            var value = read(component);
            if (value instanceof Filter nested) nested.collect(fields);
            else if (value instanceof List<?> nested) given(nested).forEach(filter -> filter.collect(fields));
            else if (value instanceof Comparison) fields.add(Columns.toField(Columns.toColumn(component.getName())));
        }
        fields.addAll(furtherFields());
    }

    /** The fields that {@link #further} looks at. */
    default Set<String> furtherFields() {
        return Set.of();
    }

    /** The condition that {@code text} is found in the table's search vector, in the words of a search engine. */
    static List<Sql> search(String text) {
        if (text == null) return List.of();
        if (text.length() > Comparison.MOST)
            throw new Refusal(ErrorCode.LIMIT_EXCEEDED, "A search may be " + Comparison.MOST + " characters long");
        return List.of(Sql.of("search_vector @@ websearch_to_tsquery('english', ?)", text));
    }

    /** Conditions beyond plain comparisons. */
    default List<Sql> further() {
        return List.of();
    }

    private List<Sql> conditions() {
        var conditions = new ArrayList<Sql>(further());
        for (var component : getClass().getRecordComponents()) conditions.addAll(conditionsOf(component));
        return conditions;
    }

    private List<Sql> conditionsOf(RecordComponent component) {
        var value = read(component);
        if (value instanceof Comparison comparison) return comparison.on(Columns.toColumn(component.getName()));
        if (value instanceof Filter nested)
            return List.of(Sql.of("not coalesce(").add(where(nested)).add(", false)"));
        if (value instanceof List<?> nested) return List.of(combined(component.getName(), nested));
        return List.of();
    }

    private static Sql combined(String word, List<?> filters) {
        if (filters.size() > Comparison.MOST)
            throw new Refusal(
                    ErrorCode.LIMIT_EXCEEDED, "A list in a filter may hold " + Comparison.MOST + " filters at most");
        var conditions = given(filters).map(Filter::where).toList();
        if (conditions.isEmpty()) return Sql.of(word.equals("and") ? "true" : "false");
        return Sql.join(" " + word + " ", conditions);
    }

    private static Stream<Filter> given(List<?> filters) {
        return filters.stream().filter(Objects::nonNull).map(Filter.class::cast);
    }

    private Object read(RecordComponent component) {
        try {
            return component.getAccessor().invoke(this);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
