package io.agencyos.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;

/**
 * Where files lie. A key is ours, never a user's path: segments of letters, digits, dots, dashes and underscores with
 * slashes between them; any other fails with {@link IllegalArgumentException}. A file is there wholly or not at all, and
 * does not change once it is there, but for {@code put}. What comes, comes on the caller's context.
 *
 * <p>Everything that people send goes in by parts, be it one: the address of a part is dead once the file is complete,
 * so that nobody can send other bytes than those that were looked at.
 */
public interface Storage {

    /** The smallest part but for the last one, in bytes, and the largest: what S3 takes. */
    long SMALLEST_PART = 5L << 20;

    /** The largest part, in bytes. */
    long LARGEST_PART = 5L << 30;

    /** How many parts a file may have. */
    int MOST_PARTS = 10_000;

    /** Begins a file that comes in parts; answers the store's own id of that. */
    Uni<String> begin(String key, String contentType);

    /**
     * An address that takes the bytes of one part by PUT, exactly {@code size} of them, as often as they are sent; the
     * answer has the part's {@code ETag}. Without a host where the application itself takes them.
     *
     * @param number from 1
     */
    Uni<String> partUrl(String key, String upload, int number, long size, Duration validity);

    /** The parts that are there, by number; fails with {@link NoUpload} when nothing was begun or it has ended. */
    Uni<List<Part>> parts(String key, String upload);

    /**
     * Makes the file of these parts, in their order. It may be said again, also when an earlier attempt broke off.
     *
     * @return fails with {@link NoUpload} when there is neither the upload nor the file, or a part is not there
     */
    Uni<Stored> complete(String key, String upload, List<Part> parts);

    /** Ends an upload and forgets its parts; does nothing when it has ended. */
    Uni<Void> abort(String key, String upload);

    /** Forgets what was begun under these first segments of keys before {@code before} and never came to its end. */
    Uni<Void> abandon(String prefix, Instant before);

    /** Puts some bytes; they take the place of what was there. */
    Uni<Stored> put(String key, String contentType, Buffer bytes);

    /** Puts a file of this machine; it takes the place of what was there. */
    Uni<Stored> put(String key, String contentType, Path file);

    /** Copies a file to this machine, where nothing may be yet. Fails with {@link NoFile}. */
    Uni<Void> get(String key, Path to);

    /** At most {@code length} bytes from {@code from} on; fewer where the file ends. Fails with {@link NoFile}. */
    Uni<Buffer> read(String key, long from, int length);

    /** What is known of a file, or null when there is none. */
    Uni<Stored> stat(String key);

    /** The SHA-256 of a file's bytes in lower case hex; reads all of them. Fails with {@link NoFile}. */
    Uni<String> sha256(String key);

    /** Removes a file; does nothing when there is none. */
    Uni<Void> delete(String key);

    /** The files whose keys begin with these segments, at most {@code most}, in the order of their keys. */
    Uni<List<Stored>> list(String prefix, String after, int most);

    /** An address where the file can be read for a while, in ranges too. Says nothing on whether it is there. */
    Uni<String> url(String key, Download how);

    /** Looks whether the place is there; fails when it is not. Costs next to nothing. */
    Uni<Void> look();

    /** A part that has come. {@code etag} is without quotes. */
    record Part(int number, long size, String etag) {}

    /** A file that is there. {@code etag} is without quotes and changes with the bytes. */
    record Stored(String key, long size, String etag, Instant at) {}

    /** There is no such upload any more, or one of its parts has not come. */
    class NoUpload extends RuntimeException {
        NoUpload(String message) {
            super(message);
        }
    }

    /** There is no such file. */
    class NoFile extends RuntimeException {
        NoFile(String key) {
            super("There is no file " + key);
        }
    }

    /** There is no room for more: a disk is full, or a quota is. What was there is still there. */
    class NoRoom extends RuntimeException {

        private static final Pattern SAID =
                Pattern.compile("No space left|quota exceeded|File too large", Pattern.CASE_INSENSITIVE);

        private NoRoom(Throwable cause) {
            super("There is no room for the file", cause);
        }

        /** This failure, or what it means when it is the system's way to say that there is no room. */
        static Throwable of(Throwable failure) {
            for (var cause = failure; cause != null; cause = cause.getCause())
                if (cause instanceof NoRoom || cause instanceof IOException && isSaidBy(cause))
                    return new NoRoom(failure);
            return failure;
        }

        /** Java has no type for it, only the words of the C library. */
        private static boolean isSaidBy(Throwable failure) {
            return SAID.matcher(String.valueOf(failure.getMessage())).find();
        }
    }
}
