package io.agencyos.db;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/**
 * What each transaction begins with: in whose name it is, as settings of the transaction's own.
 *
 * @param text the statement with PostgreSQL's parameters
 * @param ordinal the same with those of Jakarta Persistence
 * @param values who acts, in which role, the note for the triggers, what clients may see
 */
record Identity(String text, String ordinal, Tuple values) {

    /** Makes the transaction that is open on {@code connection} theirs. */
    Future<RowSet<Row>> enter(SqlConnection connection) {
        return connection.preparedQuery(text).execute(values);
    }
}
