package io.agencyos.db;

import jakarta.inject.Singleton;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.ScheduledExecution;

/** Passes a job over whose time comes while the start still migrates: the tables that it works on may not be there. */
@Singleton
public class NotBeforeMigrations implements Scheduled.SkipPredicate {

    private final Migrations migrations;

    NotBeforeMigrations(Migrations migrations) {
        this.migrations = migrations;
    }

    @Override
    public boolean test(ScheduledExecution execution) {
        return !migrations.areDone();
    }
}
