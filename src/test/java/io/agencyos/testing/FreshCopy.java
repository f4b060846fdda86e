package io.agencyos.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;

/** The project as somebody has it who just cloned it, and commands in it. No container engine is in reach. */
public final class FreshCopy {

    private final Path folder;

    private FreshCopy(Path folder) {
        this.folder = folder;
    }

    /** Copies what is under version control to a folder below target. */
    public static FreshCopy in(String name) {
        try {
            var folder = Path.of("target", name).toAbsolutePath();
            clear(folder);
            for (var file : tracked()) copy(Path.of(file), folder.resolve(file));
            return new FreshCopy(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> tracked() throws IOException {
        Assumptions.assumeTrue(Files.exists(Path.of(".git")), "This is no clone");
        var git = new ProcessBuilder("git", "ls-files", "-z").start();
        var names = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Arrays.stream(names.split("\0")).toList();
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!Files.exists(from)) return;
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    }

    private static void clear(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }

    /** Starts the Maven wrapper in it, with all output in one log. */
    public Running maven(String... arguments) {
        var windows = System.getProperty("os.name").startsWith("Windows");
        var command = new ArrayList<>(
                List.of(folder.resolve(windows ? "mvnw.cmd" : "mvnw").toString(), "-B"));
        command.addAll(List.of(arguments));
        return Running.start(folder, command, withoutContainers());
    }

    private static Map<String, String> withoutContainers() {
        return Map.of("DOCKER_HOST", "tcp://127.0.0.1:1", "TESTCONTAINERS_RYUK_DISABLED", "true");
    }

    /** A command under way. */
    public record Running(Process process, Path log) implements AutoCloseable {

        /** Starts a command with an environment that none of this build's own settings is in. */
        public static Running start(Path folder, List<String> command, Map<String, String> settings) {
            try {
                var log = Files.createTempFile(Files.createDirectories(Path.of("target", "logs")), "log", ".txt");
                var builder = new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
                builder.environment().keySet().removeIf(name -> name.matches("(AGENCY|QUARKUS|MAVEN|MVNW)_.*"));
                builder.environment().putAll(settings);
                var process = builder.start();
                process.getOutputStream().close();
                return new Running(process, log);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Waits until the log says so. */
        public void awaitText(String text, int seconds) {
            var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            while (!text().contains(text))
                if (ends(50) || System.nanoTime() > end)
                    throw new AssertionError("Waited in vain for " + text + ": " + text());
        }

        /** The exit code. */
        public int exitCode(int seconds) {
            if (ends(seconds * 1000L)) return process.exitValue();
            throw new AssertionError("It did not end: " + text());
        }

        private boolean ends(long milliseconds) {
            try {
                return process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        public String text() {
            try {
                return Files.readString(log);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Ends it and all that it started: politely, so that a database goes with its application, then by force. */
        @Override
        public void close() {
            var all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                    .toList();
            all.forEach(ProcessHandle::destroy);
            all.forEach(one ->
                    one.onExit().completeOnTimeout(one, 20, TimeUnit.SECONDS).join());
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
