package io.agencyos.activity;

import java.time.Duration;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.db.DatabaseAway;
import io.agencyos.db.Db;
import io.agencyos.db.NotBeforeMigrations;
import io.agencyos.db.Sql;
import io.agencyos.realtime.LiveConfig;
import io.agencyos.security.Actor;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

/**
 * Keeps house: makes partitions ahead, archives and drops what is too old, computes the dashboards anew. What is due
 * stands in the database, and a step takes a lock there, so that of all replicas one does it, a batch a transaction.
 */
@ApplicationScoped
class RetentionJob {

    private static final Logger LOG = Logger.getLogger(RetentionJob.class);
    private static final Sql DUE = Sql.of("select task from retention_runs where due_at <= now() order by place");
    private static final String STEP = "select retention_step(?, make_interval(secs => ?), ?, ?)";
    private static final String FAILED = "select retention_failed(?, ?)::text";
    private static final String DASHBOARDS = "dashboards";

    private final Db db;
    private final RetentionConfig config;
    private final LiveConfig live;

    RetentionJob(Db db, RetentionConfig config, LiveConfig live) {
        this.db = db;
        this.config = config;
        this.live = live;
    }

    @Scheduled(
            every = "${agency.retention.look:1m}",
            delayed = "${agency.retention.delay:1m}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = NotBeforeMigrations.class)
    Uni<Void> keepHouse() {
        var due = db.read(Actor.SYSTEM, reads -> reads.rows(DUE, row -> row.getString(0)));
        return DatabaseAway.passing(LOG, "House cannot be kept", due.chain(this::carryOutAll));
    }

    private Uni<Void> carryOutAll(List<String> tasks) {
        return Multi.createFrom()
                .iterable(tasks)
                .onItem()
                .transformToUniAndConcatenate(this::carryOut)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Batch after batch. What fails is noted, tried again later, and stands in no other task's way. */
    private Uni<Boolean> carryOut(String task) {
        return step(task)
                .repeat()
                .whilst(more -> more)
                .collect()
                .last()
                .onFailure()
                .recoverWithUni(failure -> failed(task, failure));
    }

    private Uni<Boolean> step(String task) {
        var every = task.equals(DASHBOARDS) ? config.dashboards() : config.every();
        var step = Sql.of(STEP, task, seconds(every), live.retention(), config.batch());
        return db.statement(Actor.SYSTEM, config.patience(), step, row -> row.getBoolean(0));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private Uni<Boolean> failed(String task, Throwable failure) {
        LOG.warnf("The retention's %s failed: %s", task, failure.getMessage());
        return db.statement(Actor.SYSTEM, Sql.of(FAILED, task, String.valueOf(failure.getMessage())), row -> false);
    }
}
