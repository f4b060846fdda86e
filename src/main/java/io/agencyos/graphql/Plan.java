package io.agencyos.graphql;

import java.util.concurrent.atomic.AtomicInteger;

import graphql.execution.MergedSelectionSet;

/**
 * How a document is answered: the selections with their fields, each with its source.
 *
 * @param root what is wanted of the root type
 * @param fields how many field instances there are
 * @param selections how many selections
 * @param introspection the fields about the schema itself, or null
 * @param depth how many fields lie within one another at most
 * @param aliases how many fields have an alias
 * @param sameForStaff whether all staff of one role see the same in it
 * @param size how many bytes its last answer had, so that the next one need not grow
 */
record Plan(
        Selection root,
        int fields,
        int selections,
        MergedSelectionSet introspection,
        int depth,
        int aliases,
        boolean sameForStaff,
        AtomicInteger size) {

    /** A writer with room for an answer like the last one. */
    JsonWriter writer() {
        return new JsonWriter(1024 + size.get());
    }
}
