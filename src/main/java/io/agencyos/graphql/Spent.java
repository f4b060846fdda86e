package io.agencyos.graphql;

/**
 * What an operation takes of what it may.
 *
 * @param cost see {@link Cost}
 * @param depth how many fields lie within one another
 * @param aliases how many fields have an alias
 */
record Spent(long cost, int depth, int aliases) {}
