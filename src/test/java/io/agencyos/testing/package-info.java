/**
 * What the tests stand on: a real PostgreSQL, tokens, GraphQL over HTTP and websocket as a client speaks it, stories in
 * SQL.
 */
package io.agencyos.testing;
