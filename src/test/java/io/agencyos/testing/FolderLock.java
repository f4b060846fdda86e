package io.agencyos.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

/** A folder for one JVM of tests at a time: several run side by side in the same build. Not for several threads of one. */
final class FolderLock implements AutoCloseable {

    private final FileChannel file;

    private FolderLock(FileChannel file) {
        this.file = file;
    }

    /** Waits until nobody else has {@code folder}, which is made. */
    static FolderLock of(Path folder) {
        try {
            var file = FileChannel.open(Files.createDirectories(folder).resolve(".lock"), CREATE, WRITE);
            file.lock();
            return new FolderLock(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
