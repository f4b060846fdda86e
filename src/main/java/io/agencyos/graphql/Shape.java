package io.agencyos.graphql;

import java.util.Map;

import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLOutputType;

/**
 * The form of a field's value, taken apart once a plan.
 *
 * @param type the type in the schema, without its own non-null mark
 * @param nonNull whether null is an error
 * @param element the form of a list's elements, or null when it is no list
 * @param leaf how a scalar or an enum value is written, or null when it is neither
 * @param only what is wanted of an object where the type says which one it is, or null
 * @param selections what is wanted of an object, by its concrete type; empty when it is no object
 */
record Shape(
        GraphQLOutputType type,
        boolean nonNull,
        Shape element,
        Leaf leaf,
        Selection only,
        Map<GraphQLObjectType, Selection> selections) {

    Shape(
            GraphQLOutputType type,
            boolean nonNull,
            Shape element,
            Leaf leaf,
            Map<GraphQLObjectType, Selection> selections) {
        this(type, nonNull, element, leaf, selections.get(type), selections);
    }

    boolean isList() {
        return element != null;
    }

    /** What is wanted of objects of {@code concrete}. */
    Selection selection(GraphQLObjectType concrete) {
        return concrete == type ? only : selections.get(concrete);
    }

    /** The form of what is innermost in a list of lists. */
    Shape innermost() {
        return isList() ? element.innermost() : this;
    }
}
