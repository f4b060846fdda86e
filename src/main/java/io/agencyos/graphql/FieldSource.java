package io.agencyos.graphql;

import java.util.List;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Where the values of a field come from. */
sealed interface FieldSource {

    /** Out of the field's parent alone. */
    non-sealed interface Property extends FieldSource {
        /**
         * The value that {@code parent} has.
         *
         * @throws Exception whatever the parent's own code throws
         */
        Object of(Object parent) throws Exception;

        /** What {@code field} is called in the parent's class. */
        default String name(String field) {
            return field;
        }
    }

    /** Asked once for all parents of a level. */
    non-sealed interface Resolver extends FieldSource {
        /** What its arguments are to its code, made once for a field whose arguments are literals. */
        Arguments arguments(java.util.Map<String, Object> coerced);

        /** One value for each of {@code parents}, in their order; a {@link Throwable} is that one's failure. */
        Uni<? extends List<?>> values(List<?> parents, Arguments arguments);

        /** The events of a subscription's root field. */
        Multi<?> events(Arguments arguments);
    }

    /**
     * A field's arguments.
     *
     * @param coerced by name, as graphql-java coerced them; what was not sent is not there
     * @param values what the resolver's code takes, in its own order
     */
    record Arguments(java.util.Map<String, Object> coerced, Object[] values) {}

    /** The name of the parent's type. */
    record Typename(byte[] json) implements FieldSource {}

    /** {@code __schema} and {@code __type}, which graphql-java's own strategy answers, under this key. */
    record Introspection(String key) implements FieldSource {}
}
