package io.agencyos.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.agencyos.testing.FreshCopy.Running;
import io.zonky.test.db.postgres.util.LinuxUtils;

/** The pg_ctl of a running embedded PostgreSQL. */
final class PostgresControl {

    private static final int PATIENCE_S = 120;

    private final Path data;

    PostgresControl(String data) {
        this.data = Path.of(data);
    }

    /** Stops the server in this way, starts it with the options that it had, and waits until it takes connections. */
    void restart(String mode) {
        on(data, "restart", "-m", mode);
    }

    /** Does {@code action} with a server of the same programs whose data are there, and waits until it is done. */
    void on(Path folder, String action, String... options) {
        var command = new ArrayList<String>();
        // PostgreSQL does not run as root; in a user namespace of its own it does not see that it does
        if (LinuxUtils.isUnshareAvailable()) command.addAll(List.of("unshare", "-U"));
        command.add(program().resolveSibling("pg_ctl").toString());
        command.addAll(List.of("-D", folder.toString(), "-t", "" + PATIENCE_S, "-w", action));
        command.addAll(List.of(options));
        // not closed: closing ends what the command has started, which is the server
        var running = Running.start(Path.of("."), command, Map.of());
        if (running.exitCode(2 * PATIENCE_S) != 0) throw new AssertionError(running.text());
    }

    private Path program() {
        return ProcessHandle.of(postmaster())
                .flatMap(process -> process.info().command())
                .map(Path::of)
                .orElseThrow();
    }

    private long postmaster() {
        try (var lines = Files.lines(data.resolve("postmaster.pid"))) {
            return Long.parseLong(lines.findFirst().orElseThrow().trim());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
