package io.agencyos.graphql;

import java.util.Map;

import graphql.execution.MergedField;
import graphql.schema.GraphQLFieldDefinition;
import io.agencyos.db.Wanted;

/**
 * One field instance of a document: the same field under two aliases is two of these.
 *
 * @param id its number within the plan
 * @param key its name in the answer
 * @param json the key as it stands there, colon included
 * @param merged its places in the document
 * @param definition the field in the schema
 * @param source where its values come from
 * @param shape the form of its values
 * @param column whether its values are found level by level, before anything is written
 * @param wanted of what it resolves to, what will be looked at, by the names of the types
 * @param literal its arguments, when they are the same in each request; null when they come from variables
 */
record PlannedField(
        int id,
        String key,
        byte[] json,
        MergedField merged,
        GraphQLFieldDefinition definition,
        FieldSource source,
        Shape shape,
        boolean column,
        Map<String, Wanted> wanted,
        FieldSource.Arguments literal) {

    /** Whether it is a list of which the client says how many it wants. */
    boolean paged() {
        return definition.getArgument("first") != null;
    }
}
