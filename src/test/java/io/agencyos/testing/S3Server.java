package io.agencyos.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A server that speaks S3, in a process of its own, over a folder. It has one bucket. S3Proxy proves signatures, and does
 * not know when an upload has ended; S3Mock knows that, and takes every signature for good.
 */
public final class S3Server implements AutoCloseable {

    public static final String BUCKET = "agency";
    public static final String ACCESS_KEY = "tests";
    public static final String SECRET_KEY = "tests-secret";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path PROGRAMS = Path.of("target", "s3");

    private final int port = freePort();
    private Process process;

    private S3Server() {}

    /** S3Proxy. */
    public static S3Server start() {
        var server = new S3Server();
        server.run("s3proxy", server::proxy);
        return server;
    }

    /** S3Mock. */
    public static S3Server startMock() {
        var server = new S3Server();
        server.run("s3mock", server::mock);
        return server;
    }

    private interface Arguments {
        List<String> in(Path folder) throws IOException;
    }

    private void run(String name, Arguments arguments) {
        try {
            var folder = Files.createTempDirectory(Files.createDirectories(PROGRAMS), name)
                    .toAbsolutePath();
            var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            var command =
                    new ArrayList<>(List.of(java, "-XX:TieredStopAtLevel=1", "-jar", PROGRAMS + "/" + name + ".jar"));
            command.addAll(arguments.in(folder));
            var log = folder.resolve("log.txt");
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            awaitUp(name + " does not start: " + log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A busy machine takes its time over that. */
    private void awaitUp(String otherwise) {
        var end = Instant.now().plus(PATIENCE);
        while (!isUp())
            if (ends() || Instant.now().isAfter(end)) {
                close();
                throw new AssertionError(otherwise);
            }
    }

    /** Leaves it a moment of the processor to itself, and says whether it ended in it. */
    private boolean ends() {
        try {
            return process.waitFor(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> proxy(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("files").resolve(BUCKET));
        var settings = String.join(
                "\n",
                "s3proxy.endpoint=" + endpoint(),
                "s3proxy.authorization=aws-v2-or-v4",
                "s3proxy.identity=" + ACCESS_KEY,
                "s3proxy.credential=" + SECRET_KEY,
                "jclouds.provider=filesystem",
                "jclouds.filesystem.basedir=" + folder.resolve("files"));
        var file = Files.writeString(folder.resolve("s3proxy.conf"), settings);
        return List.of("--properties", file.toString());
    }

    private List<String> mock(Path folder) throws IOException {
        var prefix = "--com.adobe.testing.s3mock.";
        return List.of(
                "--server.ssl.enabled=false",
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                // it has a second one in any case, which it cannot be told to open for this machine only
                "--http.port=0",
                prefix + "store.initial-buckets=" + BUCKET,
                prefix + "store.root=" + Files.createDirectory(folder.resolve("files")));
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
