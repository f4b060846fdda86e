package io.agencyos.videos;

import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.db.Db;
import io.agencyos.db.Sql;
import io.agencyos.security.Actor;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;

/**
 * The jobs that the database keeps. Each method waits for it, so that only workers' own threads may call. A worker that
 * a job was taken from is told so by false.
 */
@ApplicationScoped
class VideoJobs {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Db db;
    private final VideosConfig config;

    VideoJobs(Db db, VideosConfig config) {
        this.db = db;
        this.config = config;
    }

    /**
     * An attempt to process a version.
     *
     * @param version the version's id
     * @param worker whose it is
     * @param attempt which it is, from 1
     * @param path where the version's file lies in the store
     */
    record Job(UUID version, UUID worker, int attempt, String path) {}

    /** The next job, or null when there is none. */
    Job claim(UUID worker) {
        var sql = Sql.of(
                "select j.* from (select 1) as one left join" + " claim_video_job(?, ?::text::interval, ?) j on true",
                worker,
                interval(config.lease()),
                config.attempts());
        return ask(
                sql,
                row -> row.getUUID(0) == null
                        ? null
                        : new Job(row.getUUID(0), worker, row.getInteger(1), row.getString(2)));
    }

    /** Gives a sign of life, and says how far it is. */
    boolean keep(Job job, int percent) {
        return is(Sql.of(
                "select keep_video_job(?, ?, ?, ?::text::interval, ?)",
                job.version(),
                job.worker(),
                job.attempt(),
                interval(config.lease()),
                percent));
    }

    /** Says all that was found and made, by the names of columns. */
    boolean finish(Job job, JsonObject facts) {
        return is(Sql.of(
                "select finish_video_job(?, ?, ?, ?::text::jsonb)",
                job.version(),
                job.worker(),
                job.attempt(),
                facts.encode()));
    }

    /** Says why it did not work. */
    boolean fail(Job job, String error, boolean isLasting) {
        return is(Sql.of(
                "select fail_video_job(?, ?, ?, ?, ?, ?, ?::text::interval)",
                job.version(),
                job.worker(),
                job.attempt(),
                error,
                isLasting,
                config.attempts(),
                interval(config.backoff())));
    }

    /** Leaves it to others. */
    boolean release(Job job) {
        return is(Sql.of("select release_video_job(?, ?, ?)", job.version(), job.worker(), job.attempt()));
    }

    private boolean is(Sql sql) {
        return ask(sql, row -> row.getBoolean(0));
    }

    private <T> T ask(Sql sql, Function<Row, T> mapper) {
        return db.statement(Actor.SYSTEM, sql, mapper).await().atMost(PATIENCE);
    }

    private static String interval(Duration duration) {
        return duration.toMillis() + " milliseconds";
    }
}
