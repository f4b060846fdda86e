package io.agencyos.db;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/**
 * A transaction of one statement, all of it sent at once: should the statement fail, PostgreSQL makes a rollback of the
 * commit that follows it.
 */
final class RowWrite {

    private RowWrite() {}

    static Future<RowSet<Row>> run(SqlConnection connection, WriteUnit unit, Tuple identity, Sql sql) {
        if (unit.cancelled()) return connection.close().compose(x -> Future.failedFuture(Units.abandoned()));
        unit.took(((PgConnection) connection)::cancelRequest);
        return sent(OutspokenPool.plain(connection), identity, sql)
                .eventually(() -> unit.giveBack())
                .eventually(() -> connection.close());
    }

    private static Future<RowSet<Row>> sent(SqlConnection connection, Tuple identity, Sql sql) {
        var begun = connection.query("begin").execute();
        var identified = connection.preparedQuery(Db.IDENTITY.text()).execute(identity);
        var made = connection.preparedQuery(sql.text()).execute(sql.values());
        var committed = connection.query("commit").execute();
        return Future.join(begun, identified, made, committed).map(x -> made.result());
    }
}
