package io.agencyos.db;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Which fields of the rows that are being read somebody will look at, so that no other column is read.
 *
 * @param read the properties that are looked at
 * @param resolved the fields that are resolved from the row. One that is named like a hidden property, or like it
 *     without {@code Id}, looks at that foreign key alone; any other may look at all that the API hides
 * @param objects of those of them that are one object, what is wanted of it
 */
public record Wanted(Set<String> read, Set<String> resolved, Map<String, Wanted> objects) {

    private static final ThreadLocal<Map<String, Wanted>> BY_TYPE = new ThreadLocal<>();

    /** Nothing so far. */
    public Wanted() {
        this(new HashSet<>(), new HashSet<>(), new HashMap<>());
    }

    /** Begins a read of which only this will be looked at, by the names of the API's types. */
    public static <T> T during(Map<String, Wanted> byType, Supplier<T> read) {
        BY_TYPE.set(byType);
        try {
            return read.get();
        } finally {
            BY_TYPE.remove();
        }
    }

    /** What is wanted of rows of {@code type}, null meaning all; to be asked before anything asynchronous begins. */
    public static Wanted of(Class<?> type) {
        var byType = BY_TYPE.get();
        return byType == null ? null : byType.get(Table.of(type).typeName());
    }
}
