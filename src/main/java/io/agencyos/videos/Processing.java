package io.agencyos.videos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.storage.Storage;
import io.agencyos.videos.VideoJobs.Job;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.jboss.logging.Logger;

/**
 * Makes of an uploaded film what is shown of it. What is made is put into the store under keys that no other attempt
 * has; only then one transaction says all of it. So whenever this ends, nothing is half there, and what an attempt
 * leaves behind the next one removes.
 */
@ApplicationScoped
class Processing {

    private static final Logger LOG = Logger.getLogger(Processing.class);
    private static final Duration TRANSFER = Duration.ofHours(2);
    private static final int MOST_LISTED = 1000;

    /** The name by which the list of thumbnails calls the picture that they are in. */
    static final String SPRITE = "thumbnails.jpg";

    private final Storage storage;
    private final Probe probe;
    private final Rendering rendering;
    private final WorkFolder folders;

    Processing(Storage storage, Probe probe, Rendering rendering, WorkFolder folders) {
        this.storage = storage;
        this.probe = probe;
        this.rendering = rendering;
        this.folders = folders;
    }

    /** Where all that is made of a version lies. */
    static String prefix(UUID version) {
        return "videos/" + version;
    }

    private static String prefix(Job job) {
        return prefix(job.version()) + "/attempt-" + job.attempt();
    }

    /**
     * Makes everything, and answers what was found and made, by the names of columns.
     *
     * @throws MediaFailure with the reason in words for people
     */
    JsonObject make(Job job, Attempt attempt) throws MediaFailure {
        var folder = folders.fresh();
        try {
            var source = folder.resolve("source");
            fetch(job, source);
            attempt.reach(0, 10, 1);
            return new Making(job, attempt, folder, source).all();
        } catch (IOException e) {
            LOG.warnf(e, "Version %s", job.version());
            throw MediaFailure.passing("There is no place to process the film");
        } catch (Abandoned e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.errorf(e, "Version %s, attempt %d", job.version(), job.attempt());
            throw MediaFailure.passing("The film could not be processed");
        } finally {
            WorkFolder.remove(folder);
        }
    }

    private void fetch(Job job, Path source) throws MediaFailure {
        try {
            await(storage.get(job.path(), source));
        } catch (Storage.NoFile e) {
            throw MediaFailure.lasting("The file is not there any more");
        }
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(TRANSFER);
    }

    /** One attempt, with all that it needs at hand. */
    private final class Making {
        private final Job job;
        private final Attempt attempt;
        private final Path folder;
        private final Path source;
        private final JsonObject made = new JsonObject();

        Making(Job job, Attempt attempt, Path folder, Path source) {
            this.job = job;
            this.attempt = attempt;
            this.folder = folder;
            this.source = source;
        }

        JsonObject all() throws MediaFailure, IOException {
            var facts = probe.facts(source, attempt::isWanted);
            tell(facts);
            attempt.reach(0, 15, 1);
            if (facts.picture() != null || facts.cover() != null) poster(facts);
            attempt.reach(0, 20, 1);
            playable(facts);
            if (facts.picture() != null) thumbnails(facts);
            return made;
        }

        private void tell(MediaFacts facts) throws IOException {
            made.put("file_size_bytes", Files.size(source));
            made.put("duration_seconds", facts.seconds())
                    .put("codec", facts.codec())
                    .put("bitrate", facts.bitrate());
            made.put("start_timecode", facts.startTimecode()).put("drop_frame", facts.dropFrame());
            var picture = facts.picture();
            if (picture == null) return;
            made.put("width", picture.width()).put("height", picture.height());
            var frames = picture.frames();
            made.put("frame_count", frames.count()).put("variable_frame_rate", frames.varies());
            made.put("frame_rate_num", frames.rate().num())
                    .put("frame_rate_den", frames.rate().den());
        }

        private void poster(MediaFacts facts) throws MediaFailure {
            var poster = folder.resolve("poster.jpg");
            rendering.poster(source, facts, poster, attempt::isWanted);
            made.put("poster_path", put("poster.jpg", "image/jpeg", poster));
        }

        private void playable(MediaFacts facts) throws MediaFailure, IOException {
            var delivery = Delivery.of(facts, source);
            if (delivery == Delivery.AS_IS) return;
            var proxy = folder.resolve("proxy.mp4");
            rendering.playable(source, facts, delivery, proxy, way -> attempt.reach(20, 80, way), attempt::isWanted);
            var type = facts.picture() == null ? "audio/mp4" : "video/mp4";
            made.put("proxy_path", put("proxy.mp4", type, proxy));
            // the frames that are seen, and named, are those of the copy
            if (facts.picture() != null && facts.picture().frames().varies())
                made.put(
                        "frame_count",
                        probe.facts(proxy, attempt::isWanted).picture().frames().count());
        }

        private void thumbnails(MediaFacts facts) throws MediaFailure {
            attempt.reach(80, 90, 0);
            var sprite = folder.resolve(SPRITE);
            rendering.sprite(source, facts, sprite, attempt::isWanted);
            made.put("thumbnails_sprite_path", put(SPRITE, "image/jpeg", sprite));
            var vtt = Buffer.buffer(Thumbnails.of(facts).vtt(SPRITE));
            var key = prefix(job) + "/thumbnails.vtt";
            await(storage.put(key, "text/vtt", vtt));
            made.put("thumbnails_vtt_path", key);
            attempt.reach(80, 99, 1);
        }

        private String put(String name, String type, Path file) {
            if (!attempt.isWanted()) throw new Abandoned();
            var key = prefix(job) + "/" + name;
            await(storage.put(key, type, file));
            return key;
        }
    }

    /** Removes what this attempt has put into the store. */
    void forget(Job job) {
        remove(files(prefix(job)));
    }

    /** Removes what other attempts than this one have left in the store, and stills of what they have made. */
    void tidy(Job job) {
        var left = new ArrayList<>(files(prefix(job.version())));
        left.removeIf(key -> key.startsWith(prefix(job) + "/"));
        // they were taken from the copy that an earlier processing has made
        if (job.attempt() > 1) left.addAll(files(Stills.prefix(job.version())));
        remove(left);
    }

    private List<String> files(String prefix) {
        return await(storage.list(prefix, null, MOST_LISTED)).stream()
                .map(Storage.Stored::key)
                .toList();
    }

    private void remove(List<String> keys) {
        for (var key : keys) await(storage.delete(key));
    }
}
