package io.agencyos.review;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.db.Db;
import io.agencyos.db.ErrorCode;
import io.agencyos.db.Reads;
import io.agencyos.db.Refusal;
import io.agencyos.db.Sql;
import io.agencyos.security.CurrentActor;
import io.agencyos.security.Role;
import io.agencyos.storage.Download;
import io.agencyos.storage.Storage;
import io.agencyos.videos.VideoAsset;
import io.agencyos.videos.VideoVersion;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.buffer.Buffer;
import org.jboss.logging.Logger;

/** Comments on a film as a file that editors' programs read, kept until nobody can fetch it any more. */
@ApplicationScoped
public class MarkerExport {

    private static final Logger LOG = Logger.getLogger(MarkerExport.class);
    private static final String FOLDER = "exports";
    private static final Duration GOOD_FOR = Duration.ofHours(1);
    // an address may end after half its time, so that it is the same for a while
    private static final Duration VALIDITY = GOOD_FOR.multipliedBy(2);
    private static final Duration KEPT = GOOD_FOR.multipliedBy(3);
    private static final int MOST_COMMENTS = 10_000;
    private static final int BATCH = 500;
    private static final int LONGEST_NAME = 100;

    private final Db db;
    private final Storage storage;

    MarkerExport(Db db, Storage storage) {
        this.db = db;
        this.storage = storage;
    }

    /**
     * Writes the comments that the viewer may see into a file.
     *
     * @return fails with FORBIDDEN when a client asks for internal ones, VALIDATION_FAILED when the format needs a
     *     frame rate that is not known, LIMIT_EXCEEDED when there are too many
     */
    public Uni<ExportedComments> of(ExportComments wanted) {
        return Uni.createFrom().deferred(() -> {
            if (wanted.wantsInternal()
                    && Role.CLIENT.value().equals(CurrentActor.get().role()))
                throw Refusal.forbidden("Internal comments are for staff only");
            return db.read(reads -> film(reads, wanted)).chain(film -> kept(film, wanted.format()));
        });
    }

    private static Uni<MarkedFilm> film(Reads reads, ExportComments wanted) {
        var id = wanted.videoVersionId();
        return reads.byId(VideoVersion.class, id)
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.notFound("video version"))
                .chain(version -> reads.byId(VideoAsset.class, version.videoAssetId)
                        .chain(video -> comments(reads, id)
                                .map(comments -> MarkedFilm.of(
                                        video.title,
                                        version,
                                        comments.stream().filter(wanted::wants).toList(),
                                        wanted::wants))));
    }

    private static Uni<List<TimecodeComment>> comments(Reads reads, UUID version) {
        var all = Sql.of("video_version_id = ? limit ?", version, MOST_COMMENTS + 1);
        return reads.all(TimecodeComment.class, all).invoke(found -> {
            if (found.size() > MOST_COMMENTS)
                throw new Refusal(
                        ErrorCode.LIMIT_EXCEEDED, "There are more than " + MOST_COMMENTS + " comments on this version");
        });
    }

    private Uni<ExportedComments> kept(MarkedFilm film, MarkerFormat format) {
        if (format.needsFrames() && film.timecode() == null)
            throw Refusal.invalid("format", "The frame rate is not known, and this format has frames only");
        var name = name(film.name());
        var file = name + "." + format.extension();
        var key = FOLDER + "/" + UUID.randomUUID() + "/" + plain(name) + "." + format.extension();
        var until = OffsetDateTime.now(ZoneOffset.UTC).plus(GOOD_FOR);
        return written(film, format)
                .chain(bytes -> storage.put(key, format.contentType(), bytes))
                .chain(x -> storage.url(key, Download.saved(format.contentType(), file, VALIDITY)))
                .map(url -> new ExportedComments(url, until, file, format.contentType()));
    }

    /** Thousands of comments take a while, in which nobody else has to wait. */
    private static Uni<Buffer> written(MarkedFilm film, MarkerFormat format) {
        return CurrentActor.here(Uni.createFrom()
                .item(() -> Buffer.buffer(format.write(film).getBytes(StandardCharsets.UTF_8)))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()));
    }

    /** The film's name without what some file system has no place for. */
    private static String name(String title) {
        var name = MarkerText.line(title)
                .replaceAll("[/\\\\:*?\"<>|\\p{Cntrl}\\p{Cf}\\p{Cs}]+", " ")
                .replaceAll(" +", " ")
                .replaceAll("^[ .]+", "");
        var end = name.offsetByCodePoints(0, Math.min(LONGEST_NAME, name.codePointCount(0, name.length())));
        name = name.substring(0, end).strip();
        return name.isEmpty() ? "Comments" : name;
    }

    private static String plain(String name) {
        var plain = name.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "");
        return plain.isEmpty() ? "comments" : plain;
    }

    /** Every replica may do it at once: what is gone is gone. */
    @Scheduled(every = "1h", delayed = "3m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> removeOld() {
        return removeOlderThan(Instant.now().minus(KEPT), null)
                .onFailure()
                .invoke(e -> LOG.warn("Old exports could not be removed; they will be tried again", e))
                .onFailure()
                .recoverWithNull();
    }

    Uni<Void> removeOlderThan(Instant time, String after) {
        return storage.list(FOLDER, after, BATCH).chain(found -> {
            var removed = Uni.createFrom().voidItem();
            for (var file : found)
                if (file.at().isBefore(time)) removed = removed.chain(x -> storage.delete(file.key()));
            if (found.size() < BATCH) return removed;
            return removed.chain(
                    x -> removeOlderThan(time, found.get(found.size() - 1).key()));
        });
    }
}
