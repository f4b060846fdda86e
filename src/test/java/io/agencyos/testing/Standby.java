package io.agencyos.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Stream;

/** A streaming replica of a cluster, made by a base backup as the manual says it, since no pg_basebackup is embedded. */
public final class Standby implements AutoCloseable {

    /** Whose content a backup leaves out. */
    private static final Set<String> EMPTY = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans");

    private final Path data;
    private final PostgresControl control;
    private final int port = Programs.freePort();

    private Standby(Path data, PostgresControl control) {
        this.data = data;
        this.control = control;
    }

    /** Makes one, and waits until it takes connections. */
    public static Standby of(Cluster primary) {
        var source = Path.of(primary.find("show data_directory"));
        try {
            primary.letReplicate();
            var data = Files.createTempDirectory(Files.createDirectories(Path.of("target", "standby")), "data")
                    .toAbsolutePath();
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
            backUp(primary, source, data);
            var standby = new Standby(data, new PostgresControl(source.toString()));
            standby.follow(primary.port());
            standby.start();
            return standby;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void backUp(Cluster primary, Path source, Path target) throws SQLException, IOException {
        try (var connection = primary.asSuperuser()) {
            var session = connection.createStatement();
            session.execute("select pg_create_physical_replication_slot('standby', true)");
            session.execute("select pg_backup_start('standby', true)");
            copy(source, target);
            var stopped = session.executeQuery("select labelfile from pg_backup_stop(false)");
            stopped.next();
            Files.writeString(target.resolve("backup_label"), stopped.getString(1));
        }
    }

    private static void copy(Path source, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            for (var file : (Iterable<Path>) files::iterator) {
                var name = source.relativize(file);
                if (name.toString().isEmpty() || isLeftOut(name)) continue;
                try {
                    Files.copy(file, target.resolve(name));
                } catch (java.nio.file.NoSuchFileException e) {
                    // it went meanwhile, which the write-ahead log knows
                }
            }
        }
    }

    private static boolean isLeftOut(Path name) {
        return name.startsWith("postmaster.pid")
                || name.startsWith("postmaster.opts")
                || name.getNameCount() > 1 && EMPTY.contains(name.getName(0).toString());
    }

    private void follow(int primary) throws IOException {
        Files.writeString(data.resolve("standby.signal"), "");
        Files.writeString(
                data.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 port=" + primary + " user=postgres'\n"
                        + "primary_slot_name = 'standby'\nhot_standby_feedback = on\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** Starts it, after it was stopped. */
    public void start() {
        control.on(
                data,
                "start",
                "-o",
                "-p " + port + " -c max_connections=300 -c fsync=off -c listen_addresses=localhost");
    }

    /** Stops it as a crash would. */
    public void stop() {
        control.on(data, "stop", "-m", "immediate");
    }

    /** Lets it stand still, as a slow one does: what commits from now on is not seen there. */
    public void pause() {
        value("select pg_wal_replay_pause()");
        Await.value("paused", () -> value("select pg_get_wal_replay_pause_state()"));
    }

    /** Lets it go on. */
    public void resume() {
        value("select pg_wal_replay_resume()");
    }

    /** The first value that a query finds there. */
    public String value(String query) {
        try (var connection = connect();
                var rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + Cluster.DATABASE, "postgres", "");
    }

    public String url() {
        return "postgresql://127.0.0.1:" + port + "/" + Cluster.DATABASE;
    }

    @Override
    public void close() {
        try {
            control.on(data, "stop", "-m", "immediate");
        } catch (AssertionError e) {
            // it is stopped already
        }
        try (Stream<Path> files = Files.walk(data)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
