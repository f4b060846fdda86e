package io.agencyos.realtime;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.db.Db;
import io.agencyos.db.Sql;
import io.agencyos.security.Actor;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;

/**
 * Drops the days of the change log that are too old to resume from. Every replica may ask at once: a partition that is
 * in use is left for the next time.
 */
@ApplicationScoped
class RetentionJob {

    private final Db db;
    private final LiveConfig config;

    RetentionJob(Db db, LiveConfig config) {
        this.db = db;
        this.config = config;
    }

    @Scheduled(every = "6h", delayed = "2m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> dropOld() {
        var drop = Sql.of("select drop_old_changes(?)", config.retention());
        return db.statement(Actor.SYSTEM, drop, row -> row.getInteger(0)).replaceWithVoid();
    }
}
