package io.agencyos.graphql;

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
 */
record Plan(Selection root, int fields, int selections, MergedSelectionSet introspection, int depth, int aliases) {}
