package io.agencyos.graphql;

import graphql.language.OperationDefinition;

/**
 * What an operation takes of what it may.
 *
 * @param cost see {@link Cost}
 * @param plan how deep it goes, and how many aliases it has
 * @param operation the one of its document
 */
record Spent(long cost, Plan plan, OperationDefinition operation) {}
