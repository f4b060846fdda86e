package io.agencyos.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/** A Redis server in a process of its own, which keeps nothing when it ends. */
public final class RedisServer implements AutoCloseable {

    private static final String VERSION = "7.0.15";

    private final int port = freePort();
    private Process process;

    private RedisServer() {}

    public static RedisServer start() {
        var server = new RedisServer();
        server.run();
        return server;
    }

    private void run() {
        try {
            var log = Files.createTempFile(Files.createDirectories(Path.of("target", "redis")), "redis", ".log");
            var command = List.of(
                    program().toString(),
                    "--port",
                    String.valueOf(port),
                    "--bind",
                    "127.0.0.1",
                    "--save",
                    "",
                    "--appendonly",
                    "no");
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Await.until(this::isUp, () -> "Redis does not start: " + log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as a power cut would, and starts it again at the same place. */
    public void crash() {
        kill();
        run();
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    private boolean isUp() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static synchronized Path program() throws IOException {
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        var machine =
                System.getProperty("os.arch").matches("aarch64|arm64") && system.equals("linux") ? "arm64" : "amd64";
        var name = "redis-server-" + VERSION + "-" + system + "-" + machine;
        var file = Path.of("target", "redis", name).toAbsolutePath();
        try (var lock = FolderLock.of(file.getParent());
                var program = RedisServer.class.getResourceAsStream("/" + name)) {
            if (Files.isExecutable(file)) return file;
            Files.copy(program, file, StandardCopyOption.REPLACE_EXISTING);
            if (!file.toFile().setExecutable(true)) throw new IOException(file + " cannot be made executable");
        }
        return file;
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
