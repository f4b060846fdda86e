package io.agencyos.graphql;

import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;

/** Says for each field of a schema where its values come from. */
interface Wiring {

    /** Where the values of {@code field} come from when its parent is a {@code parent}. */
    FieldSource source(GraphQLObjectType parent, GraphQLFieldDefinition field);

    /** Whether all members of staff of one role are known to see the same objects of {@code type}. */
    default boolean isSameForStaff(GraphQLObjectType type) {
        return false;
    }
}
