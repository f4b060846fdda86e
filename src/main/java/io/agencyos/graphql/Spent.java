package io.agencyos.graphql;

/**
 * What an operation takes of what it may.
 *
 * @param cost see {@link Cost}
 * @param plan how deep it goes, and how many aliases it has
 */
record Spent(long cost, Plan plan) {}
