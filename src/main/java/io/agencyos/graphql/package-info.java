/**
 * The GraphQL edge: the HTTP route and the websocket of {@code /graphql}, what an operation runs in, and how answers and
 * errors are written. The schema itself is made of the rooms' {@code ...Api} classes. No tables.
 */
package io.agencyos.graphql;
