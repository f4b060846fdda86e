package io.agencyos.videos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.agencyos.db.Db;
import io.agencyos.db.ErrorCode;
import io.agencyos.db.Refusal;
import io.agencyos.db.Sql;
import io.agencyos.security.Actor;
import io.agencyos.storage.Download;
import io.agencyos.storage.Storage;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

/**
 * Single frames of films, taken when they are first asked for and kept in the store. They come from what people see: the
 * copy for browsers where there is one, whose frames are those of the file. A replica takes few at a time; who comes
 * when too many wait is sent away.
 */
@ApplicationScoped
public class Stills {

    private static final Logger LOG = Logger.getLogger(Stills.class);
    private static final Duration TRANSFER = Duration.ofMinutes(10);
    private static final int MOST_WAITING = 50;
    private static final String FILM = "select coalesce(v.proxy_path, v.file_path), v.frame_count from video_versions v"
            + " join video_assets a on a.id = v.video_asset_id where v.id = ? and a.deleted_at is null";

    private final Db db;
    private final Storage storage;
    private final FilmCopies films;
    private final StillFrames frames;
    private final WorkFolder folders;
    private final VideosConfig config;
    private final ThreadPoolExecutor slots;
    private final Map<String, CompletableFuture<String>> underWay = new ConcurrentHashMap<>();
    private volatile boolean isServing = true;

    /** Where a film lies in the store, and how many frames it has. */
    private record Film(String path, Integer frames) {}

    Stills(Db db, Storage storage, FilmCopies films, StillFrames frames, WorkFolder folders, VideosConfig config) {
        this.db = db;
        this.storage = storage;
        this.films = films;
        this.frames = frames;
        this.folders = folders;
        this.config = config;
        this.slots = new ThreadPoolExecutor(
                config.stills(),
                config.stills(),
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(MOST_WAITING),
                Stills::thread);
        slots.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "video-still");
        thread.setDaemon(true);
        return thread;
    }

    void stop(@Observes ShutdownEvent stopping) {
        isServing = false;
        slots.shutdownNow();
    }

    /** Where all stills of a version lie. */
    static String prefix(UUID version) {
        return "stills/" + version;
    }

    /** What is laid over a still. */
    @FunctionalInterface
    public interface Overlay {

        /** SVG of our own making for a picture of this size, in pixels. */
        String svg(int width, int height);
    }

    /**
     * A signed address of the PNG of frame {@code frame}, counted from 0. Asks nobody whether the actor may see it.
     *
     * @return fails with NOT_FOUND when the film has no such frame or none are known, and with LIMIT_EXCEEDED when too
     *     many others wait
     */
    public Uni<String> url(UUID version, int frame) {
        return key(version, frame).chain(key -> shown(key, frame));
    }

    /**
     * The same with something over the frame, in the size that the film is shown in; kept like a still.
     *
     * @param name tells what lies over it from whatever else lies over the same frame: letters and digits
     */
    public Uni<String> url(UUID version, int frame, String name, Overlay over) {
        var drawn = prefix(version) + "/" + frame + "-" + name + ".png";
        return key(version, frame)
                .chain(still -> kept(drawn, folder -> draw(still, over, folder)))
                .chain(key -> shown(key, frame));
    }

    private Uni<String> shown(String key, int frame) {
        return storage.url(key, Download.shown("image/png", "frame-" + frame + ".png", config.links()));
    }

    /** The key of the PNG in the store, where it lies from now on; fails like {@link #url}. */
    private Uni<String> key(UUID version, int frame) {
        return film(version)
                .invoke(film -> {
                    if (film.path == null || film.frames == null || frame < 0 || frame >= film.frames)
                        throw Refusal.notFound("frame");
                })
                .chain(film -> kept(prefix(version) + "/" + frame + ".png", folder -> take(film.path, frame, folder)));
    }

    private Uni<Film> film(UUID version) {
        return db.read(
                        Actor.SYSTEM,
                        reads ->
                                reads.rows(Sql.of(FILM, version), row -> new Film(row.getString(0), row.getInteger(1))))
                .map(found -> found.isEmpty() ? new Film(null, null) : found.get(0));
    }

    /** Makes a picture in an empty folder. */
    private interface Making {
        Path in(Path folder) throws MediaFailure;
    }

    /** Who asks for what is under way waits for that. */
    private Uni<String> kept(String key, Making making) {
        return storage.stat(key)
                .chain(there -> there != null
                        ? Uni.createFrom().item(key)
                        : Uni.createFrom().completionStage(() -> underWay.computeIfAbsent(key, k -> begin(k, making))));
    }

    private CompletableFuture<String> begin(String key, Making making) {
        if (slots.getQueue().remainingCapacity() == 0)
            throw new Refusal(ErrorCode.LIMIT_EXCEEDED, "Too many stills are being taken; try again");
        var result = CompletableFuture.supplyAsync(() -> make(key, making), slots);
        return result.whenCompleteAsync((done, failure) -> underWay.remove(key));
    }

    private String make(String key, Making making) {
        var folder = folders.fresh();
        try {
            storage.put(key, "image/png", making.in(folder)).await().atMost(TRANSFER);
            return key;
        } catch (MediaFailure e) {
            LOG.infof("%s: %s", key, e.getMessage());
            throw new Refusal(ErrorCode.INTERNAL, e.getMessage());
        } finally {
            WorkFolder.remove(folder);
        }
    }

    private Path take(String path, int frame, Path folder) throws MediaFailure {
        var still = folder.resolve("still.png");
        films.use(path, () -> isServing, (film, picture) -> {
            if (picture == null) throw Refusal.notFound("frame");
            frames.take(film, picture, frame, still, () -> isServing);
        });
        return still;
    }

    private Path draw(String key, Overlay over, Path folder) throws MediaFailure {
        var still = folder.resolve("still.png");
        storage.get(key, still).await().atMost(TRANSFER);
        var both = folder.resolve("drawn.png");
        frames.overlay(still, over, both, () -> isServing);
        return both;
    }
}
