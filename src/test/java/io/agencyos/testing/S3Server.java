package io.agencyos.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A server that speaks S3, in a process of its own: S3Proxy, over a folder. It has one bucket. */
public final class S3Server implements AutoCloseable {

    public static final String BUCKET = "agency";
    public static final String ACCESS_KEY = "tests";
    public static final String SECRET_KEY = "tests-secret";

    private final int port = freePort();
    private Process process;

    private S3Server() {}

    public static S3Server start() {
        var server = new S3Server();
        server.run();
        return server;
    }

    private void run() {
        try {
            var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "s3proxy")), "run");
            Files.createDirectories(folder.resolve("files").resolve(BUCKET));
            var settings = Files.writeString(folder.resolve("s3proxy.conf"), settings(folder));
            var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            var command = List.of(java, "-jar", "target/s3proxy/s3proxy.jar", "--properties", settings.toString());
            var log = folder.resolve("s3proxy.log");
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Await.until(this::isUp, () -> "S3Proxy does not start: " + log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String settings(Path folder) {
        return String.join(
                "\n",
                "s3proxy.endpoint=" + endpoint(),
                "s3proxy.authorization=aws-v2-or-v4",
                "s3proxy.identity=" + ACCESS_KEY,
                "s3proxy.credential=" + SECRET_KEY,
                "jclouds.provider=filesystem",
                "jclouds.filesystem.basedir=" + folder.resolve("files").toAbsolutePath());
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** What the application is told of it. */
    public Map<String, String> settings() {
        return Map.of(
                "AGENCY_STORAGE",
                "s3",
                "AGENCY_S3_BUCKET",
                BUCKET,
                "AGENCY_S3_ENDPOINT",
                endpoint().toString(),
                "AGENCY_S3_PATH_STYLE",
                "true",
                "AGENCY_S3_ACCESS_KEY",
                ACCESS_KEY,
                "AGENCY_S3_SECRET_KEY",
                SECRET_KEY);
    }

    private boolean isUp() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
