package io.agencyos.dev;

import java.io.IOException;
import java.util.Map;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** PostgreSQL for dev mode. It lives as long as the JVM, so a live reload keeps the data. */
public final class DevDatabase {

    private DevDatabase() {}

    /** Starts the database and points the settings at it, unless they point at one already. */
    public static void start() throws IOException {
        if (System.getenv("AGENCY_DB_URL") != null || System.getProperty("AGENCY_DB_URL") != null) return;
        var postgres = EmbeddedPostgres.builder().setCleanDataDirectory(true).start();
        Map.of(
                        "AGENCY_DB_URL", "postgresql://localhost:" + postgres.getPort() + "/postgres",
                        "AGENCY_DB_OWNER", "postgres",
                        "AGENCY_DB_OWNER_PASSWORD", "postgres",
                        "AGENCY_DB_USER", "agency_app",
                        "AGENCY_DB_PASSWORD", "agency_app")
                .forEach(System::setProperty);
    }
}
