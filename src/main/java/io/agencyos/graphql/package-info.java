/**
 * GraphQL: the execution and the edge. {@link io.agencyos.graphql.BreadthFirst} runs operations: a {@code Planner}
 * makes a plan of a document, a {@code Run} goes through it level by level, an {@code AnswerWriter} writes what was
 * found. A {@code FieldSource} says where a field's values come from, which for our API is made of the rooms' {@code
 * ...Api} classes. {@code Operations} is what all ways in lead to: the HTTP route, event streams and the websocket of
 * {@code /graphql}. A subscription is {@code Following} a {@code Broadcast}, which it shares with all that have the same
 * {@code SharedKey}. Table: idempotency_keys.
 */
package io.agencyos.graphql;
