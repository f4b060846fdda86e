package io.agencyos.activity;

import java.time.OffsetDateTime;

import io.vertx.sqlclient.Row;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

@Type("RetentionTask")
@Description("A part of the housekeeping: what it would do now, and what it did the last time")
public record RetentionTask(
        @NonNull @Description("What is seen to, such as activity_log, idempotency_keys, dashboards")
        String task,

        @Description("What is older than this is archived or dropped; none where nothing is dropped")
        OffsetDateTime cutoff,

        @NonNull @Description("How many rows would be archived or dropped if it were done now")
        Long rowsDue,

        @Description("From when the oldest of these rows is")
        OffsetDateTime oldest,

        @NonNull @Description("When it is done next") OffsetDateTime dueAt,
        @Description("When it last began") OffsetDateTime startedAt,

        @Description("When that ended; none while it goes on, or where it broke off")
        OffsetDateTime finishedAt,

        @NonNull @Description("How many rows it then archived or dropped, or partitions it made")
        Long rowsDone,

        @Description("Why it failed, where it did") String failure) {

    static RetentionTask of(Row row) {
        return new RetentionTask(
                row.getString("task"),
                row.getOffsetDateTime("cutoff"),
                row.getLong("rows_due"),
                row.getOffsetDateTime("oldest"),
                row.getOffsetDateTime("due_at"),
                row.getOffsetDateTime("started_at"),
                row.getOffsetDateTime("finished_at"),
                row.getLong("rows_done"),
                row.getString("failure"));
    }
}
