package io.agencyos.db;

import java.util.Set;
import java.util.function.Supplier;

/**
 * Which properties of the rows that are being read somebody will look at. Only these columns are read, and those that
 * the API does not show, such as foreign keys: what reads rows may rely on these alone.
 */
public final class Wanted {

    private static final ThreadLocal<Set<String>> PROPERTIES = new ThreadLocal<>();

    private Wanted() {}

    /** Begins a read of which only {@code properties} will be looked at. */
    public static <T> T during(Set<String> properties, Supplier<T> read) {
        PROPERTIES.set(properties);
        try {
            return read.get();
        } finally {
            PROPERTIES.remove();
        }
    }

    /** The properties, or null when all of them are wanted; to be asked before anything asynchronous begins. */
    public static Set<String> now() {
        return PROPERTIES.get();
    }
}
