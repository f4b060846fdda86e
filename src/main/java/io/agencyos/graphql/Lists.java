package io.agencyos.graphql;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.stream.Stream;

/** What may stand for a list: the same as for graphql-java. */
final class Lists {

    private Lists() {}

    /** The elements of {@code value}, or null when it is no list. */
    static Collection<?> of(Object value) {
        if (value instanceof Collection<?> collection) return collection;
        if (value instanceof Object[] array) return Arrays.asList(array);
        if (value instanceof Iterable<?> iterable) return all(iterable.iterator());
        if (value instanceof Stream<?> stream) return stream.toList();
        if (value instanceof Iterator<?> iterator) return all(iterator);
        return value.getClass().isArray() ? primitives(value) : null;
    }

    private static Collection<?> all(Iterator<?> iterator) {
        var all = new ArrayList<Object>();
        iterator.forEachRemaining(all::add);
        return all;
    }

    private static Collection<?> primitives(Object array) {
        var all = new ArrayList<Object>();
        for (var i = 0; i < Array.getLength(array); i++) all.add(Array.get(array, i));
        return all;
    }
}
