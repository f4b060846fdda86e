package io.agencyos.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

import io.agencyos.testing.FreshCopy.Running;

/** PgBouncer in transaction mode before a cluster, with few connections to it, configured as README says. */
public final class Pooler implements AutoCloseable {

    private static final String CONFIG = """
            [databases]
            %s = host=127.0.0.1 port=%s
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %d
            unix_socket_dir =
            auth_type = scram-sha-256
            auth_file = %s
            pool_mode = transaction
            default_pool_size = %d
            max_client_conn = 200
            """;

    private final Map<String, String> settings;
    private final Running process;
    private final int port;

    private Pooler(Map<String, String> settings, Running process, int port) {
        this.settings = settings;
        this.process = process;
        this.port = port;
    }

    /** Starts one with so many connections to the server; skips the test where there is no PgBouncer. */
    public static Pooler start(Cluster cluster, int connections) {
        Programs.need("pgbouncer");
        var settings = cluster.settings();
        var port = Programs.freePort();
        var process = Programs.startUnprivileged(
                "pgbouncer", configured(settings, port, connections).toString());
        var pooler = new Pooler(settings, process, port);
        Await.until(pooler::listens, process::text);
        return pooler;
    }

    private static Path configured(Map<String, String> settings, int port, int connections) {
        try {
            var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "pooler")), "run")
                    .toAbsolutePath();
            var users = folder.resolve("users.txt");
            Files.writeString(
                    users,
                    "\"%s\" \"%s\"\n".formatted(settings.get("AGENCY_DB_USER"), settings.get("AGENCY_DB_PASSWORD")));
            var server = settings.get("AGENCY_DB_URL").replaceAll(".*:(\\d+)/.*", "$1");
            return Files.writeString(
                    folder.resolve("pgbouncer.ini"),
                    CONFIG.formatted(Cluster.DATABASE, server, port, users, connections));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean listens() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** The settings of an application behind it. */
    public Map<String, String> settings() {
        var behind = new HashMap<>(settings);
        behind.put("AGENCY_DB_DIRECT_URL", settings.get("AGENCY_DB_URL"));
        behind.put("AGENCY_DB_URL", "postgresql://127.0.0.1:" + port + "/" + Cluster.DATABASE);
        return behind;
    }

    /** A client of the runtime role, like the application one. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + Cluster.DATABASE + "?prepareThreshold=0",
                settings.get("AGENCY_DB_USER"),
                settings.get("AGENCY_DB_PASSWORD"));
    }

    @Override
    public void close() {
        process.close();
    }
}
