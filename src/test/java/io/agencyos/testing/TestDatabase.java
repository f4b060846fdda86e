package io.agencyos.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * One PostgreSQL 17 for all tests of a JVM, set up as an operator would: an owner who migrates, a runtime role that the
 * policies bind. Further databases can be made on it.
 */
public final class TestDatabase {

    public static final String OWNER = "agency_owner";
    public static final String RUNTIME = "agency_app";
    private static final EmbeddedPostgres POSTGRES = start();

    private TestDatabase() {}

    private static EmbeddedPostgres start() {
        try {
            var postgres = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("log_statement", "none")
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

    /** Makes an empty database; answers the settings that point the application at it. */
    public static Map<String, String> create(String name) {
        try (var admin = connect("postgres", "postgres")) {
            admin.createStatement().execute("create database " + name + " owner " + OWNER);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
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

    /** A connection as superuser ({@code postgres}), {@link #OWNER} or {@link #RUNTIME}. */
    public static Connection connect(String role, String database) {
        try {
            return DriverManager.getConnection(POSTGRES.getJdbcUrl(role, database));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static int port() {
        return POSTGRES.getPort();
    }
}
