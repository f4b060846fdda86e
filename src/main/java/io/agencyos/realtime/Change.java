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

    /** A row of the log: xid, seq, op, row_id, changed_fields, at. */
    static <T> Change<T> of(Row row) {
        var fields = row.getArrayOfStrings(4);
        return new Change<>(
                new Position(Long.parseLong(row.getString(0)), row.getLong(1)),
                Operation.valueOf(row.getString(2)),
                row.getString(3),
                fields == null
                        ? List.of()
                        : Arrays.stream(fields).map(Columns::toField).toList(),
                row.getOffsetDateTime(5),
                null);
    }

    /**
     * The same with the row. One that is not to be seen any more is as good as gone; one that is there though the log
     * says that it was removed has been made again, by a transaction that began before.
     */
    Change<T> with(T found) {
        var told = found == null ? Operation.DELETE : operation == Operation.DELETE ? Operation.UPDATE : operation;
        // what changed of a row that is hidden now would tell why it is
        return new Change<>(position, told, id, told == Operation.DELETE ? List.of() : changedFields, at, found);
    }

    /** From here the stream can be resumed. */
    public String cursor() {
        return position.cursor();
    }
}
