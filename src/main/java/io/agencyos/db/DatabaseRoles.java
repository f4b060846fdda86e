package io.agencyos.db;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.runtime.configuration.ConfigurationException;

/** The two roles of a database: the owner, who migrates, and the runtime role, whom the policies bind. */
@ApplicationScoped
class DatabaseRoles {

    private static final String CREATE = "select format('create role %I login nosuperuser nobypassrls nocreatedb"
            + " nocreaterole password %L', ?, ?) where not exists (select from pg_roles where rolname = ?)";

    private static final String DANGER =
            "select case when rolsuper then 'is a superuser' when rolbypassrls then 'bypasses"
                    + " row level security' when exists (select from pg_class where relname = 'requests'"
                    + " and relowner = r.oid)"
                    + " then 'owns the schema' end from pg_roles r where rolname = current_user";

    private static final String READY = "select to_regclass('public.requests') is not null";

    private final DatabaseConfig config;

    DatabaseRoles(DatabaseConfig config) {
        this.config = config;
    }

    Optional<String> owner() {
        return config.owner();
    }

    /** Makes the runtime role where there is none yet; one that exists is left as it is. */
    void makeRuntimeRole() {
        var user = config.user().orElseThrow();
        var create = asOwner(
                connection -> one(connection, CREATE, user, config.password().orElse(null), user));
        if (create != null) asOwner(connection -> createdByAnybody(connection, create));
    }

    private static boolean createdByAnybody(Connection connection, String create) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.execute(create);
        } catch (SQLException e) {
            // another replica that starts at this moment was faster: duplicate_object, or the catalog's unique index
            if (e.getSQLState().equals("42710") || e.getSQLState().equals("23505")) return false;
            throw e;
        }
    }

    /** Stops the start when the runtime role is not bound by the policies, or the schema is not there. */
    void checkRuntimeRole() {
        var danger = asUser(connection -> one(connection, DANGER));
        if (danger != null)
            throw stop("AGENCY_DB_USER " + danger + "; it has to be a role that row level security binds");
        if (!"t".equals(asUser(connection -> one(connection, READY))))
            throw stop("The database has no schema yet: run migrate, or set AGENCY_DB_OWNER");
    }

    /** Rows of text columns, a line each with tabs between, read as the runtime role. */
    List<String> lines(String sql) {
        return asUser(connection -> {
            try (var rows = connection.createStatement().executeQuery(sql)) {
                var lines = new ArrayList<String>();
                while (rows.next()) lines.add(line(rows));
                return lines;
            }
        });
    }

    private static String line(ResultSet rows) throws SQLException {
        var width = rows.getMetaData().getColumnCount();
        var line = new StringJoiner("\t");
        for (var i = 1; i <= width; i++) line.add(rows.getString(i));
        return line.toString();
    }

    private static String one(Connection connection, String sql, String... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < values.length; i++) statement.setString(i + 1, values[i]);
            var rows = statement.executeQuery();
            return rows.next() ? rows.getString(1) : null;
        }
    }

    private <T> T asOwner(Work<T> work) {
        var owner = config.owner().orElseThrow(() -> stop("AGENCY_DB_OWNER is not set"));
        return as("AGENCY_DB_OWNER", owner, config.ownerPassword(), work);
    }

    private <T> T asUser(Work<T> work) {
        var user = config.user().orElseThrow(() -> stop("AGENCY_DB_USER is not set"));
        return as("AGENCY_DB_USER", user, config.password(), work);
    }

    private <T> T as(String setting, String role, Optional<String> password, Work<T> work) {
        try (var connection = DriverManager.getConnection(config.jdbcUrl(), role, password.orElse(""))) {
            return work.with(connection);
        } catch (SQLException e) {
            var reason = e.getMessage().lines().findFirst().orElse("the database refused");
            throw stop(toBlame(setting, String.valueOf(e.getSQLState())) + ": " + reason);
        }
    }

    /** The settings that an SQL state speaks of. */
    private static String toBlame(String role, String state) {
        // refused by the server, or by the driver for want of a password
        if (state.startsWith("28") || state.equals("08004"))
            return role + " or " + role.replace("_USER", "") + "_PASSWORD";
        // no connection, no such database
        return state.startsWith("08") || state.equals("3D000") ? "AGENCY_DB_URL" : role;
    }

    private static ConfigurationException stop(String line) {
        return new ConfigurationException(line);
    }

    private interface Work<T> {
        T with(Connection connection) throws SQLException;
    }
}
