package io.agencyos.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/** A folder of this machine, or one that replicas share. Its files are served by {@link FilesRoute}. */
final class LocalStorage implements Storage {

    /** What the addresses begin with, behind the application's own. */
    static final String PATH = "/files/";

    private static final int CHUNK = 1 << 16;

    private final Vertx vertx;
    private final Folder folder;
    private final Parts parts;
    private final Signature signature;
    private final String base;

    /** {@code secret} may be null: then the folder has its own. */
    LocalStorage(Vertx vertx, Path path, byte[] secret, String base) throws IOException {
        this.vertx = vertx;
        this.folder = new Folder(path);
        this.parts = new Parts(folder);
        this.signature = new Signature(secret == null ? SecretFile.of(folder) : secret);
        this.base = base;
    }

    Folder folder() {
        return folder;
    }

    Signature signature() {
        return signature;
    }

    /** Where the bytes of a part may be written. */
    Path fresh() {
        return folder.fresh();
    }

    boolean isOpen(String upload) {
        return parts.isOpen(upload);
    }

    Uni<Void> settle(String upload, int number, String md5, Path fresh) {
        return blocking(() -> {
            parts.settle(upload, number, md5, fresh);
            return null;
        });
    }

    /** On a worker, not in turn with others, and back. */
    <T> Uni<T> blocking(Callable<T> work) {
        return Uni.createFrom().emitter(emitter -> vertx.executeBlocking(work, false)
                .onSuccess(emitter::complete)
                .onFailure(failure -> emitter.fail(NoRoom.of(failure))));
    }

    @Override
    public Uni<Void> look() {
        return blocking(() -> {
            if (Files.isWritable(folder.objects())) return null;
            throw new IOException("The folder cannot be written to");
        });
    }

    @Override
    public Uni<String> begin(String key, String contentType) {
        Key.of(key);
        return blocking(parts::begin);
    }

    @Override
    public Uni<String> partUrl(String key, String upload, int number, long size, Duration validity) {
        var parameters = "&upload=" + upload + "&part=" + number + "&size=" + size;
        return Uni.createFrom().item(signed("PUT", key, Instant.now().plus(validity), parameters));
    }

    private String signed(String method, String key, Instant expires, String parameters) {
        return base + signature.sign(method, PATH + Key.of(key), expires, parameters);
    }

    @Override
    public Uni<List<Part>> parts(String key, String upload) {
        return blocking(() -> parts.list(upload));
    }

    @Override
    public Uni<Stored> complete(String key, String upload, List<Part> wanted) {
        return blocking(() -> {
            try {
                // whoever completes it again gets what was looked at, and not what came meanwhile
                if (folder.stat(key) == null) folder.settleOnce(parts.join(upload, wanted), folder.object(key));
            } catch (NoUpload e) {
                // somebody was quicker
                if (folder.stat(key) == null) throw e;
            }
            parts.end(upload);
            return folder.stat(key);
        });
    }

    @Override
    public Uni<Void> abort(String key, String upload) {
        return blocking(() -> {
            parts.end(upload);
            return null;
        });
    }

    @Override
    public Uni<Void> abandon(String prefix, Instant before) {
        return blocking(() -> {
            parts.endOlder(before);
            return null;
        });
    }

    @Override
    public Uni<Stored> put(String key, String contentType, Buffer bytes) {
        return write(key, fresh -> Files.write(fresh, bytes.getBytes()));
    }

    @Override
    public Uni<Stored> put(String key, String contentType, Path file) {
        return write(key, fresh -> Files.copy(file, fresh));
    }

    private interface Writing {
        void to(Path fresh) throws IOException;
    }

    private Uni<Stored> write(String key, Writing writing) {
        var place = folder.object(key);
        return blocking(() -> {
            var fresh = folder.fresh();
            try {
                writing.to(fresh);
                folder.settle(fresh, place);
            } finally {
                Files.deleteIfExists(fresh);
            }
            return folder.stat(key);
        });
    }

    @Override
    public Uni<Void> get(String key, Path to) {
        var from = folder.object(key);
        return blocking(() -> {
            try {
                Files.copy(from, to);
            } catch (NoSuchFileException e) {
                throw Files.exists(from) ? e : new NoFile(key);
            }
            return null;
        });
    }

    @Override
    public Uni<Buffer> read(String key, long from, int length) {
        var path = folder.object(key);
        return blocking(() -> {
            try (var channel = FileChannel.open(path)) {
                var bytes = ByteBuffer.allocate((int) Math.max(0, Math.min(length, channel.size() - from)));
                while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {}
                return Buffer.buffer(bytes.array()).slice(0, bytes.position());
            } catch (NoSuchFileException e) {
                throw new NoFile(key);
            }
        });
    }

    @Override
    public Uni<Stored> stat(String key) {
        Key.of(key);
        return blocking(() -> folder.stat(key));
    }

    @Override
    public Uni<String> sha256(String key) {
        var path = folder.object(key);
        return blocking(() -> {
            var digest = Checksum.of("SHA-256");
            try (var in = Files.newInputStream(path)) {
                var chunk = new byte[CHUNK];
                for (var n = in.read(chunk); n >= 0; n = in.read(chunk)) digest.update(chunk, 0, n);
            } catch (NoSuchFileException e) {
                throw new NoFile(key);
            }
            return Checksum.hex(digest);
        });
    }

    @Override
    public Uni<Void> delete(String key) {
        Key.of(key);
        return blocking(() -> {
            folder.delete(key);
            return null;
        });
    }

    @Override
    public Uni<List<Stored>> list(String prefix, String after, int most) {
        var top = folder.object(prefix);
        return blocking(() -> Listing.of(folder, top, after, most));
    }

    @Override
    public Uni<String> url(String key, Download how) {
        var parameters = "&type=" + Download.encoded(how.contentType()) + "&as="
                + (how.inline() ? "inline" : "attachment") + "&name=" + Download.encoded(how.filename());
        return Uni.createFrom().item(signed("GET", key, steady(how.validity()), parameters));
    }

    /** The same address for a while, so that browsers need not fetch again what they have: good for at least half. */
    private static Instant steady(Duration validity) {
        var step = Math.max(1, validity.toSeconds() / 2);
        return Instant.ofEpochSecond((Instant.now().plus(validity).getEpochSecond() / step) * step);
    }
}
