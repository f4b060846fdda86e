/**
 * The one door to PostgreSQL. {@link io.agencyos.db.Db} opens units of work: one connection, one transaction, the
 * actor's identity set for row level security. All units of one operation follow one another ({@link
 * io.agencyos.db.Units}), so that it never holds two connections. Nothing else touches sessions, connections or the
 * Vert.x context. What holds for every connection says {@code ConnectionRules}; queries may be read from a streaming
 * replica ({@code ReadReplica}), and a pooler may stand between ({@code PoolerRules}). Also here: SQL that grows with its
 * values, keyset pages, filters, what an SQL error means to a client, migrations, and the comparison of a live schema with
 * what is expected.
 */
package io.agencyos.db;
