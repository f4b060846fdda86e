package io.agencyos.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;

/**
 * One PostgreSQL 17 for all tests of a JVM, set up as an operator would: an owner who migrates, a runtime role that the
 * policies bind. Further databases can be made on it.
 */
public final class TestDatabase {

    public static final String OWNER = "agency_owner";
    public static final String RUNTIME = "agency_app";
    private static final String TEMPLATE = "migrated";
    private static final EmbeddedPostgres POSTGRES = start();
    private static boolean templateReady;

    private TestDatabase() {}

    private static EmbeddedPostgres start() {
        try {
            var postgres = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("logging_collector", "on")
                    .setServerConfig("log_rotation_size", "0")
                    .setServerConfig("log_line_prefix", "%p:")
                    .start();
            try (var admin = DriverManager.getConnection(postgres.getJdbcUrl("postgres", "postgres"))) {
                admin.createStatement().execute("create role " + OWNER + " login createrole password 'owner'");
            }
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes an empty database, anew where there is one; answers the settings that point the application at it. */
    public static Map<String, String> create(String name) {
        asSuperuser("drop database if exists " + name + " with (force)");
        asSuperuser("create database " + name + " owner " + OWNER);
        return Map.of(
                "AGENCY_DB_URL",
                "postgresql://localhost:" + POSTGRES.getPort() + "/" + name,
                "AGENCY_DB_OWNER",
                OWNER,
                "AGENCY_DB_OWNER_PASSWORD",
                "owner",
                "AGENCY_DB_USER",
                RUNTIME,
                "AGENCY_DB_PASSWORD",
                "runtime");
    }

    /** Makes a database that has been migrated. The first one is the template of all others, for migrating takes long. */
    public static synchronized void createMigrated(String name) {
        if (!templateReady) makeTemplate();
        asSuperuser("create database " + name + " template " + TEMPLATE + " owner " + OWNER);
    }

    private static void makeTemplate() {
        create(TEMPLATE);
        asSuperuser("do $$ begin create role " + RUNTIME + " login nosuperuser nobypassrls password 'runtime';"
                + " exception when duplicate_object then null; end $$");
        migrate(TEMPLATE);
        templateReady = true;
    }

    /** Migrates as the application does; answers how many migrations were applied. */
    public static int migrate(String name) {
        return Flyway.configure()
                .dataSource(POSTGRES.getJdbcUrl(OWNER, name), OWNER, "owner")
                .locations("classpath:db/migration")
                .placeholders(Map.of("runtimeRole", RUNTIME))
                .load()
                .migrate()
                .migrationsExecuted;
    }

    private static void asSuperuser(String sql) {
        try (var admin = connect("postgres", "postgres")) {
            admin.createStatement().execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The address of a database, with the role in it. */
    public static String url(String role, String database) {
        // text may stand for a uuid or an enum, as it does in psql
        return POSTGRES.getJdbcUrl(role, database) + "&stringtype=unspecified";
    }

    /** A connection as superuser ({@code postgres}), {@link #OWNER} or {@link #RUNTIME}. */
    public static Connection connect(String role, String database) {
        try {
            return DriverManager.getConnection(url(role, database));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static int port() {
        return POSTGRES.getPort();
    }
}
