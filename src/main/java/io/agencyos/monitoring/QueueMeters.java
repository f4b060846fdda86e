package io.agencyos.monitoring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.agencyos.db.AgencyConfig;
import io.agencyos.db.Db;
import io.agencyos.db.Sql;
import io.agencyos.security.Actor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;

/**
 * How many wait in each queue of the database, {@code agency.jobs.waiting}, and since when the oldest of them could have
 * been done, {@code agency.jobs.oldest.seconds}, by {@code queue}; and {@code agency.sync.failing}, the connections to
 * platforms whose last reading failed. All of it is one statement a replica, which reads the short indexes of what
 * waits; it does not depend on how often somebody asks for the metrics.
 */
@ApplicationScoped
class QueueMeters {

    private static final List<String> QUEUES = List.of("video_processing", "pictures", "notifications", "file_removal");

    /** A condition that says more than it has to is there for the short index, whose own it is. */
    private static final Sql LOOK = Sql.of("""
            select json_object_agg(queue, json_build_object('waiting', waiting, 'oldest',
                greatest(0, coalesce(extract(epoch from now() - oldest), 0))::bigint))::text,
              (select count(*) from platform_connections c
               where c.is_active and 'failed' = (
                 select l.status from metric_sync_logs l
                 where l.platform_connection_id = c.id and l.status is not null
                 order by l.start_time desc nulls last, l.id desc limit 1))
            from (
              select 'video_processing', count(*), min(run_at) from video_jobs
              where state in ('waiting', 'running') and run_at <= now() and state = 'waiting'
              union all
              select 'pictures', count(*), min(completed_at) from uploads where picture = 'pending'
              union all
              select 'notifications', count(*), min(created_at) from notification_queue
              where is_processed = false and attempts < max_attempts
              union all
              select 'file_removal', count(*), min(created_at) from orphaned_files
            ) q (queue, waiting, oldest)
            """);

    private final Db db;
    private final Vertx vertx;
    private final Map<String, Queue> queues = new LinkedHashMap<>();
    private final AtomicLong failing;

    /** What is shown of a queue; the age in seconds. */
    private record Queue(AtomicLong waiting, AtomicLong oldest) {}

    QueueMeters(Db db, Vertx vertx, MeterRegistry meters) {
        this.db = db;
        this.vertx = vertx;
        for (var name : QUEUES) queues.put(name, queue(meters, Tags.of("queue", name)));
        this.failing = meters.gauge("agency.sync.failing", new AtomicLong());
    }

    private static Queue queue(MeterRegistry meters, Tags tags) {
        return new Queue(
                meters.gauge("agency.jobs.waiting", tags, new AtomicLong()),
                meters.gauge("agency.jobs.oldest.seconds", tags, new AtomicLong()));
    }

    void onStart(@Observes StartupEvent start, AgencyConfig config, MonitoringConfig monitoring) {
        if (config.command().equals("serve"))
            vertx.setPeriodic(monitoring.every().toMillis(), x -> look());
    }

    private void look() {
        // a database that is away is told of by its own probe; the figures stay as they were
        db.statement(Actor.SYSTEM, LOOK, QueueMeters::found).subscribe().with(this::show, x -> {});
    }

    private record Found(JsonObject queues, long failing) {}

    private static Found found(Row row) {
        return new Found(new JsonObject(row.getString(0)), row.getLong(1));
    }

    private void show(Found found) {
        queues.forEach((name, queue) -> {
            var figures = found.queues.getJsonObject(name);
            queue.waiting.set(figures.getLong("waiting"));
            queue.oldest.set(figures.getLong("oldest"));
        });
        failing.set(found.failing);
    }
}
