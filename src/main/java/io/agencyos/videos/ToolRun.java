package io.agencyos.videos;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.jboss.logging.Logger;

/** One run of a program, with an empty environment and nothing to read; never longer than it is wanted. */
final class ToolRun {

    private static final Logger LOG = Logger.getLogger(ToolRun.class);
    private static final int LONGEST_LINE = 10_000;
    private static final int LAST_LINES = 20;
    private static final long GLANCE_MS = 100;

    /** 128 and SIGKILL: no program ends so for what it was given to read. */
    private static final int KILLED = 137;

    private final List<String> command;
    private final Path folder;
    private final Duration timeout;
    private final Duration cpu;
    private final Deque<String> complaints = new ArrayDeque<>();

    /**
     * A run of {@code command} in {@code folder}.
     *
     * @param timeout how long it may take
     * @param cpu how much time of processors, all of them together
     */
    ToolRun(List<String> command, Path folder, Duration timeout, Duration cpu) {
        this.command = command;
        this.folder = folder;
        this.timeout = timeout;
        this.cpu = cpu;
    }

    /**
     * Runs it to its end and hands over what it prints, line by line.
     *
     * @param otherwise what to tell people when it fails
     * @param wanted whether to go on; asked all the time
     * @throws MediaFailure when it fails or takes too long, or too much
     * @throws Abandoned when it is not wanted any more
     */
    void run(Consumer<String> heard, String otherwise, BooleanSupplier wanted) throws MediaFailure {
        var process = start();
        try {
            var out = reading(process.getInputStream(), heard);
            var err = reading(process.getErrorStream(), this::remember);
            await(process, wanted);
            out.join();
            err.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Abandoned();
        } finally {
            kill(process);
        }
        if (process.exitValue() != 0) throw failed(process.exitValue(), otherwise);
    }

    private Process start() throws MediaFailure {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        try {
            var process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            LOG.warnf(e, "Could not start %s", command.get(0));
            throw MediaFailure.passing("The programs that look into films cannot be started");
        }
    }

    private void await(Process process, BooleanSupplier wanted) throws InterruptedException, MediaFailure {
        var end = System.nanoTime() + timeout.toNanos();
        while (!process.waitFor(GLANCE_MS, TimeUnit.MILLISECONDS)) {
            if (!wanted.getAsBoolean()) throw new Abandoned();
            if (System.nanoTime() > end)
                throw MediaFailure.lasting("It took longer than " + timeout.toMinutes() + " minutes and was given up");
            if (spent(process).compareTo(cpu) > 0)
                throw MediaFailure.lasting("It is more work than a film of its length may be, and was given up");
        }
    }

    private static Duration spent(Process process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** It and what it has started, if there is anything left. */
    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private MediaFailure failed(int exit, String otherwise) {
        LOG.infof("%s ended with %d: %s", command, exit, complaints());
        return exit == KILLED
                ? MediaFailure.passing("The processing was killed, perhaps for want of memory")
                : MediaFailure.lasting(otherwise);
    }

    private void remember(String line) {
        synchronized (complaints) {
            if (complaints.size() == LAST_LINES) complaints.removeFirst();
            complaints.addLast(line);
        }
    }

    /** The last of what it complained about; may name files. */
    String complaints() {
        synchronized (complaints) {
            return String.join("\n", complaints);
        }
    }

    private static Thread reading(InputStream stream, Consumer<String> heard) {
        var thread = new Thread(() -> read(stream, heard), "media-output");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void read(InputStream stream, Consumer<String> heard) {
        try (var reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            readLines(reader, heard);
        } catch (IOException e) {
            // it was killed
        }
    }

    private static void readLines(Reader reader, Consumer<String> heard) throws IOException {
        var line = new StringBuilder();
        var buffer = new char[8192];
        for (var n = reader.read(buffer); n >= 0; n = reader.read(buffer))
            for (var i = 0; i < n; i++) {
                if (buffer[i] == '\n') {
                    heard.accept(line.toString());
                    line.setLength(0);
                } else if (line.length() < LONGEST_LINE) line.append(buffer[i]);
            }
        if (!line.isEmpty()) heard.accept(line.toString());
    }
}
