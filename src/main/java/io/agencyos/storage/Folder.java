package io.agencyos.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.UUID;

import io.agencyos.storage.Storage.Stored;

/**
 * The folder's files: {@code objects} holds what is complete, under its key, {@code parts} what is on its way, and {@code
 * fresh} what is being written. Blocks. A file comes into its place by one atomic move, once it is on the disk.
 */
final class Folder {

    private final Path root;

    Folder(Path root) throws IOException {
        this.root = root.toAbsolutePath().normalize();
        for (var part : new String[] {"objects", "parts", "fresh"}) Files.createDirectories(this.root.resolve(part));
    }

    Path root() {
        return root;
    }

    Path objects() {
        return root.resolve("objects");
    }

    Path parts() {
        return root.resolve("parts");
    }

    Path object(String key) {
        return inside(objects(), Key.of(key));
    }

    /** A place for what is being written. */
    Path fresh() {
        return root.resolve("fresh").resolve(UUID.randomUUID().toString());
    }

    /** A second bar, should a key ever be more than a key. */
    static Path inside(Path folder, String name) {
        var path = folder.resolve(name).normalize();
        if (!path.startsWith(folder) || path.equals(folder)) throw new IllegalArgumentException("Not in its folder");
        return path;
    }

    /** What is known of a file, or null. */
    Stored stat(String key) throws IOException {
        var path = object(key);
        try {
            var size = Files.size(path);
            var at = Files.getLastModifiedTime(path).toInstant();
            return Files.isRegularFile(path) ? new Stored(key, size, etag(size, at), at) : null;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** A file is never changed in its place, so this is a strong validator. */
    static String etag(long size, Instant at) {
        return Long.toHexString(size) + "-" + Long.toHexString(at.getEpochSecond() * 1_000_000_000L + at.getNano());
    }

    /** Brings what has been written to its place, for good; it takes the place of what was there. */
    void settle(Path fresh, Path place) throws IOException {
        settle(
                fresh,
                place,
                () -> Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
    }

    /** The same where nothing is; what is there stays. */
    void settleOnce(Path fresh, Path place) throws IOException {
        try {
            settle(fresh, place, () -> link(fresh, place));
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private interface Bringing {
        void run() throws IOException;
    }

    private void settle(Path fresh, Path place, Bringing bringing) throws IOException {
        sync(fresh);
        for (var attempt = 0; ; attempt++) {
            Files.createDirectories(place.getParent());
            try {
                bringing.run();
                break;
            } catch (NoSuchFileException e) {
                // somebody who tidies up has just removed the empty folder
                if (attempt == 3 || !Files.exists(fresh)) throw e;
            }
        }
        syncFolders(place.getParent());
    }

    private static void link(Path fresh, Path place) throws IOException {
        try {
            Files.createLink(place, fresh);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            // it is there, or this is a file system without links
            if (!Files.exists(place)) Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** The same where the place has to be one already: fails with NoSuchFileException when its folder has gone. */
    void settleInside(Path fresh, Path place) throws IOException {
        sync(fresh);
        Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolders(place.getParent());
    }

    /** On the disk, not in its cache. */
    private static void sync(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private void syncFolders(Path from) {
        for (var folder = from; folder.startsWith(root); folder = folder.getParent())
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            } catch (IOException e) {
                return; // a system that cannot do this does it by itself
            }
    }

    void delete(String key) throws IOException {
        var path = object(key);
        Files.deleteIfExists(path);
        removeEmpty(path.getParent(), objects());
    }

    private static void removeEmpty(Path from, Path top) throws IOException {
        for (var folder = from; !folder.equals(top); folder = folder.getParent())
            try {
                Files.deleteIfExists(folder);
            } catch (DirectoryNotEmptyException e) {
                return;
            }
    }

    /** Removes a folder with all that is in it. */
    static void remove(Path folder) throws IOException {
        try (var inside = Files.newDirectoryStream(folder)) {
            for (var path : inside) Files.deleteIfExists(path);
        } catch (NoSuchFileException e) {
            return;
        }
        Files.deleteIfExists(folder);
    }
}
