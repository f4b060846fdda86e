package io.agencyos.db;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Which fields of the rows that are being read somebody will look at, so that no other column is read. It is equal only
 * to itself: whoever plans an operation makes it once, and what is made of it is kept by it.
 */
public final class Wanted {

    private static final ThreadLocal<Map<String, Wanted>> BY_TYPE = new ThreadLocal<>();

    private final Set<String> read = new HashSet<>();
    private final Set<String> resolved = new HashSet<>();
    private final Map<String, Wanted> objects = new HashMap<>();

    /** The properties that are looked at. */
    public Set<String> read() {
        return read;
    }

    /**
     * The fields that are resolved from the row. One that is named like a hidden property, or like it without {@code
     * Id}, looks at that foreign key alone, one that properties {@linkplain Feeds feed} at these; any other may look at
     * all that the API hides.
     */
    public Set<String> resolved() {
        return resolved;
    }

    /** Of those of them that are one object, what is wanted of it. */
    public Map<String, Wanted> objects() {
        return objects;
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
