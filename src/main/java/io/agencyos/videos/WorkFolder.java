package io.agencyos.videos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

/**
 * Where films lie while they are looked into. Each process has a folder, whose lock goes with it however it ends, so
 * that the next one can tell what is left over and remove it.
 */
@ApplicationScoped
class WorkFolder {

    private static final Logger LOG = Logger.getLogger(WorkFolder.class);
    private static final String LOCK = "lock";
    private final VideosConfig config;
    private Path own;
    private FileChannel lock;

    WorkFolder(VideosConfig config) {
        this.config = config;
    }

    /** A new, empty folder. */
    synchronized Path fresh() {
        try {
            if (own == null) open();
            return Files.createTempDirectory(own, "work");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void open() throws IOException {
        var root = Files.createDirectories(
                        config.folder().orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), "agency-videos")))
                .toRealPath();
        sweep(root);
        var folder = Files.createTempDirectory(root, "process");
        lock = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        lock.lock();
        own = folder;
    }

    private static void sweep(Path root) throws IOException {
        try (var folders = Files.list(root)) {
            folders.filter(WorkFolder::isLeft).forEach(WorkFolder::remove);
        }
    }

    /** Whether nobody holds its lock. */
    private static boolean isLeft(Path folder) {
        var file = folder.resolve(LOCK);
        if (!Files.exists(file)) return false;
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
                var taken = channel.tryLock()) {
            return taken != null;
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }

    /** Removes a folder and all that is in it. */
    static void remove(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        } catch (IOException | UncheckedIOException e) {
            LOG.warnf("Could not remove %s: %s", folder, e.getMessage());
        }
    }
}
