package io.agencyos.db;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the schema to this version, where the owner's role is configured; else sees that somebody else did. */
@ApplicationScoped
public class Migrations {

    private final Flyway flyway;
    private final DatabaseRoles roles;
    private final AgencyConfig config;
    private volatile boolean done;

    Migrations(Flyway flyway, DatabaseRoles roles, AgencyConfig config) {
        this.flyway = flyway;
        this.roles = roles;
        this.config = config;
    }

    void onStart(@Observes @Priority(1) StartupEvent start) {
        if (!config.command().equals("serve")) return;
        if (roles.owner().isPresent()) migrate();
        roles.checkRuntimeRole();
        done = true;
    }

    /** Whether the start has come so far that the schema is there. */
    boolean areDone() {
        return done;
    }

    /** The number of the newest migration that this version brings along. */
    int newest() {
        var files = flyway.getConfiguration().getResourceProvider().getResources("V", new String[] {".sql"});
        return files.stream()
                .map(file -> file.getFilename().replaceAll("^V(\\d+)__.*", "$1"))
                .mapToInt(Integer::parseInt)
                .max()
                .orElseThrow();
    }

    /**
     * Makes the runtime role if there is none, and applies what is missing.
     *
     * @return how many migrations were applied
     */
    public int migrate() {
        roles.makeRuntimeRole();
        try {
            return flyway.migrate().migrationsExecuted;
        } catch (FlywayException e) {
            throw new ConfigurationException("The migration failed: " + e.getMessage());
        }
    }
}
