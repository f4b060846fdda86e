package io.agencyos.graphql;

import java.util.List;

import graphql.schema.GraphQLObjectType;

/**
 * What is wanted of objects of one type in one place of a document.
 *
 * @param id its number within the plan
 * @param type the concrete type
 * @param fields the fields, in the document's order
 * @param resolving whether any of them, at any depth, is resolved; if none is, all is read while writing
 */
record Selection(int id, GraphQLObjectType type, List<PlannedField> fields, boolean resolving) {}
