package io.agencyos.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A PostgreSQL of a given major version, with passwords that count and an owner's role, as an operator has it. */
public final class Cluster implements AutoCloseable {

    public static final String DATABASE = "agency";
    private static final int NEWEST = 17;

    private final EmbeddedPostgres postgres;
    private final Path data;

    private Cluster(EmbeddedPostgres postgres, Path data) {
        this.postgres = postgres;
        this.data = data;
    }

    /** Starts a fresh cluster with an empty database, owned by a role that is no superuser. */
    public static Cluster start(int version) {
        return start(version, Map.of());
    }

    /** The same, with settings of the server. */
    public static Cluster start(int version, Map<String, String> server) {
        return on(DataFolder.like("version " + version, data -> prepare(version, data)), version, server);
    }

    /** The same of version 17, whose database the packaged application has migrated. */
    public static Cluster migrated() {
        return on(DataFolder.like("migrated", Cluster::migrate), NEWEST, Map.of());
    }

    private static Cluster on(Path data, int version, Map<String, String> server) {
        try {
            // it makes what is not there, and leaves the rest
            var builder = EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
            server.forEach(builder::setServerConfig);
            builder.setPgBinaryResolver(Binaries.of(version));
            return new Cluster(builder.start(), data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void prepare(int version, Path data) {
        var cluster = on(data, version, Map.of());
        cluster.askForPasswords();
        cluster.sql("create role agency_owner login createrole password 'owner''s secret'");
        cluster.create(DATABASE);
        cluster.stop();
    }

    private static void migrate(Path data) {
        prepare(NEWEST, data);
        var cluster = on(data, NEWEST, Map.of());
        var migrate = Packaged.start(cluster.settings(), "migrate");
        if (migrate.exitCode() != 0) throw new AssertionError(migrate.err());
        cluster.stop();
    }

    /** Only the superuser, as whom the tests prepare things, gets in without a password. */
    private void askForPasswords() {
        try {
            var rules = "host all postgres all trust\nhost all all all scram-sha-256\n";
            Files.writeString(data.resolve("pg_hba.conf"), rules);
            sql("select pg_reload_conf()");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets a streaming replica in. */
    void letReplicate() throws IOException {
        Files.writeString(
                Path.of(text("show hba_file")), "host replication postgres all trust\n", StandardOpenOption.APPEND);
        sql("select pg_reload_conf()");
    }

    /** A connection of the superuser's to the application's database. */
    public Connection asSuperuser() throws SQLException {
        return DriverManager.getConnection(postgres.getJdbcUrl("postgres", DATABASE));
    }

    public int port() {
        return postgres.getPort();
    }

    /** Makes a further empty database. */
    public void create(String database) {
        sql("create database " + database + " owner agency_owner");
    }

    /** Runs a statement as superuser. */
    public void sql(String statement) {
        sql("postgres", statement);
    }

    /** Runs a statement in the application's database, as superuser. */
    public void change(String statement) {
        sql(DATABASE, statement);
    }

    private void sql(String database, String statement) {
        try (var connection = DriverManager.getConnection(postgres.getJdbcUrl("postgres", database))) {
            connection.createStatement().execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Kills a process that serves the application: PostgreSQL takes that for a crash, and starts anew. */
    public void crash() {
        var process = text("select min(pid) from pg_stat_activity where usename = 'agency_app'");
        ProcessHandle.of(Long.parseLong(process)).orElseThrow().destroyForcibly();
    }

    /**
     * Stops PostgreSQL and starts it again as it was; waits until it takes connections.
     *
     * @param mode as pg_ctl calls it: {@code fast} ends all sessions, {@code immediate} is a crash
     */
    public void restart(String mode) {
        var folder = text("show data_directory");
        new PostgresControl(folder).restart(mode);
    }

    /** Has a commit wait for its place in the write-ahead log, which a fast test can do without, but no crash. */
    public void keepCommits() {
        sql("alter database " + DATABASE + " set synchronous_commit = on");
    }

    /** A connection of the application's runtime role. */
    public Connection connect() throws SQLException {
        var settings = runtimeSettings();
        // text may stand for a uuid or an enum, as it does in psql
        var address = "jdbc:" + settings.get("AGENCY_DB_URL") + "?stringtype=unspecified";
        return DriverManager.getConnection(address, settings.get("AGENCY_DB_USER"), settings.get("AGENCY_DB_PASSWORD"));
    }

    /** The rows that a query finds in the application's database, as superuser; values as text. */
    public List<List<String>> rows(String query) {
        try (var connection = DriverManager.getConnection(postgres.getJdbcUrl("postgres", DATABASE));
                var rows = connection.createStatement().executeQuery(query)) {
            var found = new ArrayList<List<String>>();
            while (rows.next()) found.add(values(rows));
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> values(ResultSet rows) throws SQLException {
        var values = new ArrayList<String>();
        for (var i = 1; i <= rows.getMetaData().getColumnCount(); i++) values.add(rows.getString(i));
        return values;
    }

    /** Whether it takes connections. */
    public boolean isUp() {
        try {
            return "up".equals(text("select 'up'"));
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** How many of the application's connections are like this. */
    public int sessions(String condition) {
        return Integer.parseInt(text(Sessions.OURS.replace("current_database()", "'" + DATABASE + "'") + condition));
    }

    /** Locks a table of the application's against everybody. */
    public Lock lock(String table) {
        try {
            var holder = DriverManager.getConnection(postgres.getJdbcUrl("postgres", DATABASE));
            return Lock.of(holder, "lock table " + table + " in access exclusive mode");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public String version() {
        return text("show server_version");
    }

    private String text(String query) {
        return text("postgres", query);
    }

    /** The first value that a query finds in the application's database, as superuser. */
    public String find(String query) {
        return text(DATABASE, query);
    }

    private String text(String database, String query) {
        try (var connection = DriverManager.getConnection(postgres.getJdbcUrl("postgres", database));
                var rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes an advisory lock, on which triggers of a test wait. */
    public Door locked(int number) {
        try {
            var connection = DriverManager.getConnection(postgres.getJdbcUrl("postgres", DATABASE));
            connection.createStatement().execute("select pg_advisory_lock(" + number + ")");
            return new Door(this, connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public String url(String database) {
        return "postgresql://localhost:" + postgres.getPort() + "/" + database;
    }

    /** The settings of an installation that migrates by itself. */
    public Map<String, String> settings() {
        var settings = new HashMap<>(runtimeSettings());
        settings.put("AGENCY_DB_OWNER", "agency_owner");
        settings.put("AGENCY_DB_OWNER_PASSWORD", "owner's secret");
        return settings;
    }

    /** The settings of an installation where somebody else migrates. */
    public Map<String, String> runtimeSettings() {
        return Map.of(
                "AGENCY_DB_URL",
                url(DATABASE),
                "AGENCY_DB_USER",
                "agency_app",
                "AGENCY_DB_PASSWORD",
                "run'time",
                "AGENCY_OIDC_PUBLIC_KEY",
                Tokens.publicKey());
    }

    @Override
    public void close() {
        stop();
        DataFolder.remove(data);
    }

    private void stop() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
