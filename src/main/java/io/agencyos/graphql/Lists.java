package io.agencyos.graphql;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;

/** What may stand for a list. */
final class Lists {

    private Lists() {}

    /** The elements of {@code value}, or null when it is no list. */
    static Collection<?> of(Object value) {
        if (value instanceof Collection<?> collection) return collection;
        if (value instanceof Object[] array) return Arrays.asList(array);
        if (value instanceof Iterable<?> iterable) return all(iterable);
        return value.getClass().isArray() ? primitives(value) : null;
    }

    private static Collection<?> all(Iterable<?> iterable) {
        var all = new ArrayList<Object>();
        iterable.forEach(all::add);
        return all;
    }

    private static Collection<?> primitives(Object array) {
        var all = new ArrayList<Object>();
        for (var i = 0; i < Array.getLength(array); i++) all.add(Array.get(array, i));
        return all;
    }
}
