package io.agencyos.db;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * A replica is ready when the database answers and its schema is not older than this version needs. It asks by a
 * connection of its own: one that is only busy is not unready.
 */
@Readiness
@ApplicationScoped
class DatabaseCheck implements HealthCheck {

    private static final int PATIENCE_S = 3;
    private static final String FOUND = "select current_setting('server_version'), max(version::numeric)"
            + " from flyway_schema_history where success and version ~ '^[0-9.]+$'";

    private final Instance<DataSource> source;
    private final int needed;

    DatabaseCheck(Instance<DataSource> source, Migrations migrations) {
        this.source = source;
        this.needed = migrations.newest();
    }

    @Override
    public HealthCheckResponse call() {
        var told = HealthCheckResponse.named("Database");
        try (var connection = source.get().getConnection()) {
            return ask(connection, told).build();
        } catch (SQLException e) {
            return told.down().withData("reason", reason(e)).build();
        }
    }

    private HealthCheckResponseBuilder ask(Connection connection, HealthCheckResponseBuilder told) throws SQLException {
        var begin = System.nanoTime();
        try (var statement = connection.createStatement()) {
            statement.setQueryTimeout(PATIENCE_S);
            var found = statement.executeQuery(FOUND);
            found.next();
            var schema = found.getInt(2);
            return told.status(schema >= needed)
                    .withData("server", found.getString(1))
                    .withData("schema", schema)
                    .withData("needs", needed)
                    .withData("ms", (System.nanoTime() - begin) / 1_000_000);
        }
    }

    private static String reason(SQLException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
