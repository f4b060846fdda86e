package io.agencyos.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.agencyos.testing.FreshCopy.Running;
import io.zonky.test.db.postgres.util.LinuxUtils;
import org.junit.jupiter.api.Assumptions;

/** Programs of the machine, which the tests that need them are skipped without. */
public final class Programs {

    private Programs() {}

    /** Skips the test where one of these is not there. */
    public static void need(String... names) {
        for (var name : names) Assumptions.assumeTrue(isThere(name), "There is no " + name + " here");
    }

    private static boolean isThere(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    /** Starts one that refuses to run as root: in a user namespace of its own it does not see that it does. */
    public static Running startUnprivileged(String... command) {
        var whole = new ArrayList<String>();
        if (LinuxUtils.isUnshareAvailable()) whole.addAll(List.of("unshare", "-U"));
        whole.addAll(List.of(command));
        return Running.start(Path.of("."), whole, Map.of());
    }

    /** Runs one to its end, which has to be a good one; what it printed. */
    public static String run(Map<String, String> settings, String... command) {
        try (var running = Running.start(Path.of("."), List.of(command), settings)) {
            if (running.exitCode(120) != 0) throw new AssertionError(String.join(" ", command) + ": " + running.text());
            return running.text();
        }
    }

    /** A port that nobody listens on just now. */
    public static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
