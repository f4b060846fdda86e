package io.agencyos.realtime;

import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;

import io.agencyos.db.Columns;
import io.vertx.sqlclient.Row;

/**
 * One change of one row, as its viewer hears of it.
 *
 * @param position its place in the log
 * @param operation what happened
 * @param id which row, null for {@link Operation#LIVE}
 * @param changedFields what an update changed, by the names of the API
 * @param at when
 * @param node the row as the viewer may see it now, or null
 */
public record Change<T>(
        Position position, Operation operation, String id, List<String> changedFields, OffsetDateTime at, T node) {

    static <T> Change<T> live(Position position) {
        return new Change<>(position, Operation.LIVE, null, List.of(), OffsetDateTime.now(), null);
    }

    /** A row of the log: xid, seq, op, row_id, changed_fields, at, and whether the row is where it is looked for. */
    static <T> Change<T> of(Row row) {
        var fields = row.getArrayOfStrings(4);
        return new Change<>(
                new Position(Long.parseLong(row.getString(0)), row.getLong(1)),
                row.getBoolean(6) ? Operation.valueOf(row.getString(2)) : Operation.DELETE,
                row.getString(3),
                fields == null
                        ? List.of()
                        : Arrays.stream(fields).map(Columns::toField).toList(),
                row.getOffsetDateTime(5),
                null);
    }

    /** The same with the row; a row that is not to be seen any more is as good as gone. */
    Change<T> with(T found) {
        var seen = operation == Operation.DELETE ? null : found;
        return new Change<>(position, seen == null ? Operation.DELETE : operation, id, changedFields, at, seen);
    }

    /** From here the stream can be resumed. */
    public String cursor() {
        return position.cursor();
    }
}
