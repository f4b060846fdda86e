package io.agencyos.activity;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.db.Db;
import io.agencyos.db.Sql;
import io.agencyos.security.Actor;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;

/**
 * Makes the months of the activity log and the days of the change log ahead of time. Every replica may ask at once: the
 * function takes a lock, and what is there already it leaves alone.
 */
@ApplicationScoped
class PartitionJob {

    private final Db db;

    PartitionJob(Db db) {
        this.db = db;
    }

    @Scheduled(every = "6h", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> makeAhead() {
        return db.statement(Actor.SYSTEM, Sql.of("select make_partitions()"), row -> row.getInteger(0))
                .replaceWithVoid();
    }
}
