package io.agencyos.assets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.db.DatabaseAway;
import io.agencyos.db.Db;
import io.agencyos.db.NotBeforeMigrations;
import io.agencyos.db.Sql;
import io.agencyos.security.Actor;
import io.agencyos.storage.Storage;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.jboss.logging.Logger;

/**
 * Makes the small pictures of uploaded ones, one at a time in each replica. A replica that ends meanwhile leaves its
 * picture to the others.
 */
@ApplicationScoped
class PictureJob {

    private static final Logger LOG = Logger.getLogger(PictureJob.class);

    private final Db db;
    private final Storage storage;
    private final Vertx vertx;
    private final PictureReader reader;
    private final boolean isPainter;

    PictureJob(Db db, Storage storage, Vertx vertx, PictureReader reader, UploadConfig config) {
        this.db = db;
        this.storage = storage;
        this.vertx = vertx;
        this.reader = reader;
        this.isPainter = config.pictures();
    }

    @Scheduled(
            every = "3s",
            delayed = "${agency.upload.delay:30s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = NotBeforeMigrations.class)
    Uni<Void> makeAll() {
        return isPainter
                ? DatabaseAway.passing(LOG, "Small pictures cannot be made", makeThem())
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> makeThem() {
        return db.statement(Actor.SYSTEM, Sql.of("select take_picture()"), row -> row.getJsonObject(0))
                .chain(taken -> taken == null
                        ? Uni.createFrom().voidItem()
                        : make(taken).chain(x -> makeThem()));
    }

    private Uni<Boolean> make(JsonObject taken) {
        var key = taken.getString("key");
        var folder = key.substring(0, key.indexOf("/original/"));
        return blocking(() -> Files.createTempDirectory("picture"))
                .chain(place -> storage.get(key, place.resolve("original"))
                        .chain(x -> blocking(() -> Pictures.of(place.resolve("original"), reader)))
                        .eventually(() -> blocking(() -> remove(place))))
                .chain(small -> keep(taken.getString("upload"), folder, small));
    }

    private static Path remove(Path place) throws IOException {
        try (var inside = Files.newDirectoryStream(place)) {
            for (var file : inside) Files.deleteIfExists(file);
        }
        Files.deleteIfExists(place);
        return place;
    }

    private Uni<Boolean> keep(String upload, String folder, Pictures.Small small) {
        var facts = new JsonObject();
        if (small.width() > 0) facts.put("width", small.width()).put("height", small.height());
        if (small.failure() != null) return finish(upload, facts.put("pictureFailure", small.failure()), null, null);
        var thumbnail = folder + "/thumbnail.jpg";
        var preview = folder + "/preview.jpg";
        return storage.put(thumbnail, "image/jpeg", Buffer.buffer(small.thumbnail()))
                .chain(x -> storage.put(preview, "image/jpeg", Buffer.buffer(small.preview())))
                .chain(x -> finish(upload, facts, thumbnail, preview));
    }

    private Uni<Boolean> finish(String upload, JsonObject facts, String thumbnail, String preview) {
        var finish = Sql.of(
                "select finish_picture(?::text::uuid, ?::text::jsonb, ?, ?)",
                upload,
                facts.encode(),
                thumbnail,
                preview);
        return db.statement(Actor.SYSTEM, finish, row -> row.getBoolean(0));
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> Uni<T> blocking(Work<T> work) {
        return Uni.createFrom().completionStage(() -> vertx.executeBlocking(
                        () -> {
                            try {
                                return work.run();
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        false)
                .toCompletionStage());
    }
}
