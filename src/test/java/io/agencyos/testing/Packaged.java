package io.agencyos.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.vertx.core.json.JsonObject;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** The packaged application in a process of its own, told nothing but its environment. */
public final class Packaged implements AutoCloseable {

    private static final int PATIENCE = 60;
    /** A compiler that takes little time, and a collector that needs no threads. */
    private static final List<String> SOON = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final Pattern ADDRESS = Pattern.compile("Listening on: http://[^:]+:(\\d+)");
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final Path out;
    private final Path err;

    private Packaged(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts it with these settings and arguments, on a free port of this machine only; such that it is there soon, since
     * most tests ask little of it.
     */
    public static Packaged start(Map<String, String> settings, String... arguments) {
        return start(settings, SOON, arguments);
    }

    /** The same as in production, such that it is fast for long, for tests that ask much of it. */
    public static Packaged startForLoad(Map<String, String> settings) {
        return start(settings, List.of());
    }

    private static Packaged start(Map<String, String> settings, List<String> options, String... arguments) {
        try {
            var folder = Files.createDirectories(Path.of("target", "packaged"));
            var out = Files.createTempFile(folder, "out", ".log");
            var err = Files.createTempFile(folder, "err", ".log");
            var builder = new ProcessBuilder(command(options, arguments))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            var environment = builder.environment();
            environment.keySet().removeIf(name -> name.matches("(AGENCY|QUARKUS|JAVA_TOOL)_.*"));
            environment.putAll(Map.of(
                    "AGENCY_HTTP_HOST",
                    "127.0.0.1",
                    "AGENCY_HTTP_PORT",
                    "0",
                    "AGENCY_STORAGE_FOLDER",
                    "target/packaged/files"));
            environment.putAll(settings);
            return new Packaged(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(List<String> options, String... arguments) {
        var command = new ArrayList<String>();
        if (isNative()) command.add(artifact());
        else {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(options);
            command.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar"));
        }
        command.addAll(List.of(arguments));
        return command;
    }

    /** Whether the package is a native executable, in which there is no Java to be told or asked anything. */
    public static boolean isNative() {
        return built("type").startsWith("native");
    }

    private static String artifact() {
        return Path.of("target", built("path")).toAbsolutePath().toString();
    }

    /** What the build says of the package that it has made. */
    private static String built(String property) {
        try (var in = Files.newInputStream(Path.of("target", "quarkus-artifact.properties"))) {
            var properties = new Properties();
            properties.load(in);
            return properties.getProperty(property);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it says that it is ready. */
    public Packaged awaitReady() {
        await(() -> ADDRESS.matcher(out()).find());
        await(() -> status("/q/health/ready") == 200);
        return this;
    }

    private void await(Supplier<Boolean> condition) {
        var end = Instant.now().plus(Duration.ofSeconds(PATIENCE));
        while (!condition.get())
            if (ends() || Instant.now().isAfter(end))
                throw new AssertionError("It did not get ready: " + out() + err());
    }

    /** Leaves it a moment of the processor to itself, and says whether it ended in it. */
    private boolean ends() {
        try {
            return process.waitFor(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until it has ended by itself; its exit code. */
    public int exitCode() {
        try {
            if (process.waitFor(PATIENCE, TimeUnit.SECONDS)) return process.exitValue();
            throw new AssertionError("It did not end: " + out() + err());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Ends it as a power cut would. */
    public void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets it stand still for so long, as a machine does that is put to sleep or moved. */
    public void standStill(Duration time) {
        signal("STOP");
        try {
            process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            signal("CONT");
        }
    }

    private void signal(String name) {
        try (var running =
                FreshCopy.Running.start(Path.of("."), List.of("kill", "-" + name, String.valueOf(pid())), Map.of())) {
            running.exitCode(PATIENCE);
        }
    }

    /** Asks it to stop, as a supervisor does. */
    public void terminate() {
        process.destroy();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** Its process's number. */
    public long pid() {
        return process.pid();
    }

    /** Bytes of the objects that are left on its heap after a full collection. */
    public long liveHeap() {
        var histogram = jcmd("GC.class_histogram");
        var found = TOTAL.matcher(histogram);
        if (!found.find()) throw new AssertionError(histogram);
        return Long.parseLong(found.group(1));
    }

    /** What each of its threads is at. */
    public String threads() {
        return jcmd("Thread.print");
    }

    private String jcmd(String what) {
        assumeFalse(isNative(), "A native executable has no heap that one could ask for");
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var command = List.of(jcmd, String.valueOf(pid()), what);
        try (var running = FreshCopy.Running.start(Path.of("."), command, Map.of())) {
            running.exitCode(PATIENCE);
            return running.text();
        }
    }

    public URI address(String scheme, String path) {
        var found = ADDRESS.matcher(out());
        if (!found.find()) throw new AssertionError("It does not listen: " + out() + err());
        return URI.create(scheme + "://localhost:" + found.group(1) + path);
    }

    public int status(String path) {
        return send(HttpRequest.newBuilder(address("http", path)).build()).statusCode();
    }

    public String body(String path) {
        return send(HttpRequest.newBuilder(address("http", path)).build()).body();
    }

    /** The data of an operation that has to succeed. */
    public JsonObject get(Person person, String query, Map<String, Object> variables) {
        var answer = ask(person, query, variables);
        if (answer.containsKey("errors")) throw new AssertionError(query + " -> " + answer.encode());
        return answer.getJsonObject("data");
    }

    /**
     * The whole answer to an operation.
     *
     * @throws UncheckedIOException when it ends meanwhile
     */
    public JsonObject ask(Person person, String query, Map<String, Object> variables) {
        return new JsonObject(
                post(person, new JsonObject().put("query", query).put("variables", new JsonObject(variables))));
    }

    /** The text that answers a body. */
    public String post(Person person, JsonObject body) {
        var request = HttpRequest.newBuilder(address("http", "/graphql"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + person.token())
                .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                .build();
        return send(request).body();
    }

    private static java.net.http.HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it has printed so far. */
    public String out() {
        return read(out);
    }

    /** The lines of its log so far, each as what it is. */
    public List<JsonObject> log() {
        // the last one may not be there wholly
        var out = out();
        return out.substring(0, out.lastIndexOf('\n') + 1)
                .lines()
                .map(JsonObject::new)
                .toList();
    }

    /** The lines of its log that tell of errors. */
    public List<JsonObject> errors() {
        return log().stream()
                .filter(line -> line.getString("level").equals("ERROR"))
                .toList();
    }

    /** What it has printed so far to the standard error, without what JDK 24 and later remark on its libraries. */
    public String err() {
        return read(err)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("WARNING: "))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
