package io.agencyos.realtime;

import java.util.ArrayList;
import java.util.List;

import io.agencyos.db.Sql;
import io.vertx.sqlclient.Row;

/**
 * What lies behind a place in the log, as of one snapshot.
 *
 * @param horizon the transaction from which on rows may still come
 * @param held whether there are some already, behind somebody's open transaction
 * @param rows the rows below the horizon, in order
 */
record LogPiece(long horizon, boolean held, List<LogRow> rows) {

    /** The statement that {@link #of} takes the rows of; it needs neither transaction nor identity. */
    static Sql behind(Position from, int most) {
        return Sql.of(
                "select (change).xid::text, (change).seq, (change).table_name, (change).op, (change).recipients,"
                        + " (change).changed_fields, (change).request_id, (change).old_request_id, (change).client_id,"
                        + " (change).old_client_id, (change).scope_id, (change).old_scope_id, (change).asset_id,"
                        + " (change).old_asset_id, (change).is_internal, (change).old_is_internal, horizon::text, held"
                        + " from change_log_behind(?::text::xid8, ?, ?)",
                String.valueOf(from.xid()),
                from.seq(),
                most);
    }

    static LogPiece of(Iterable<Row> found) {
        var rows = new ArrayList<LogRow>();
        Row last = null;
        for (var row : found) {
            if (row.getString(0) != null) rows.add(LogRow.of(row));
            last = row;
        }
        return new LogPiece(Long.parseLong(last.getString(16)), last.getBoolean(17), rows);
    }
}
