package io.agencyos.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.agencyos.testing.FreshCopy.Running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Runs the tests in {@code src/test/js}, which use the real npm packages; skipped where there is no Node.js. */
public final class NodeScript {

    private static final Path SOURCES = Path.of("src", "test", "js");

    private static Path installed;

    private NodeScript() {}

    /** Runs one script with {@code settings} as its environment, and fails with its output when it fails. */
    public static void run(String script, Map<String, String> settings) {
        run(script, () -> settings);
    }

    /** The same with settings that do not keep, and so are asked for when all is installed. */
    public static void run(String script, Supplier<Map<String, String>> settings) {
        assumeTrue(succeeds(Path.of("."), "node", "--version"), "There is no Node.js here");
        var folder = installed();
        try (var test = Running.start(folder, List.of("node", "--test", script), settings.get())) {
            assertEquals(0, test.exitCode(300), test::text);
        }
    }

    /** Once for all tests of this JVM, since even to find out that all is there takes npm seconds. */
    private static synchronized Path installed() {
        if (installed != null) return installed;
        var folder = Path.of("target", "js");
        try (var lock = FolderLock.of(folder)) {
            copyTo(folder);
            install(folder);
        }
        installed = folder;
        return folder;
    }

    private static void install(Path folder) {
        try (var install = Running.start(folder, List.of("npm", "install", "--no-audit", "--no-fund"), Map.of())) {
            assertEquals(0, install.exitCode(300), install::text);
        }
    }

    private static boolean succeeds(Path folder, String... command) {
        try (var running = Running.start(folder, List.of(command), Map.of())) {
            return running.exitCode(60) == 0;
        } catch (UncheckedIOException notInstalled) {
            return false;
        }
    }

    /** In the build's folder, so that nothing is installed among the sources. */
    private static void copyTo(Path folder) {
        try (var sources = Files.list(SOURCES)) {
            for (var source : sources.filter(Files::isRegularFile).toList())
                Files.copy(source, folder.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
