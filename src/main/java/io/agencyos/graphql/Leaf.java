package io.agencyos.graphql;

import java.util.Locale;

import graphql.GraphQLContext;
import graphql.schema.Coercing;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLScalarType;

/** Writes the values of a scalar or an enum. */
interface Leaf {

    /**
     * Writes {@code value}.
     *
     * @return false when the type makes null of it
     * @throws graphql.schema.CoercingSerializeException when the value is none of this type
     */
    boolean write(Object value, JsonWriter out, GraphQLContext context, Locale locale);

    /** A scalar that writes its values itself, instead of making another object of them first. */
    interface Direct {
        void write(Object value, JsonWriter out);
    }

    static Leaf of(GraphQLScalarType scalar) {
        Coercing<?, ?> coercing = scalar.getCoercing();
        if (scalar.getName().equals("String")) return text(coercing);
        return (value, out, context, locale) -> {
            if (coercing instanceof Direct direct) direct.write(value, out);
            else return written(coercing.serialize(value, context, locale), out);
            return true;
        };
    }

    private static Leaf text(Coercing<?, ?> coercing) {
        return (value, out, context, locale) ->
                written(value instanceof String ? value : coercing.serialize(value, context, locale), out);
    }

    static Leaf of(GraphQLEnumType type) {
        return (value, out, context, locale) -> written(type.serialize(value, context, locale), out);
    }

    private static boolean written(Object serialized, JsonWriter out) {
        if (serialized == null) return false;
        out.value(serialized);
        return true;
    }
}
