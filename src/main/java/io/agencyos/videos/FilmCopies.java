package io.agencyos.videos;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import io.agencyos.storage.Storage;
import io.quarkus.runtime.ShutdownEvent;

/**
 * Films that stills are taken of, fetched and looked into once for all stills that are asked for one after the other. A
 * copy is kept while somebody uses it, and a while longer as long as there are not too many. What lies under a key of the
 * store never changes, so a copy is as good as the film.
 */
@ApplicationScoped
class FilmCopies {

    private static final Duration TRANSFER = Duration.ofMinutes(10);

    private final Storage storage;
    private final Probe probe;
    private final WorkFolder folders;
    private final Duration keep;
    private final int most;

    /** By their keys, the one that was used last at the end. */
    private final Map<String, Copy> copies = new LinkedHashMap<>(16, 0.75f, true);

    private final ScheduledExecutorService sweeper =
            new ScheduledThreadPoolExecutor(1, FilmCopies::thread, new ThreadPoolExecutor.DiscardPolicy());

    /** A film in a folder of its own. */
    private static final class Copy {
        private final Path folder;
        private MediaFacts.Picture picture;
        private int users;
        private long usedAt;

        Copy(Path folder) {
            this.folder = folder;
        }

        Path film() {
            return folder.resolve("source");
        }
    }

    /** What is done with a film; {@code picture} is null where there is none in it. */
    interface Use {
        void of(Path film, MediaFacts.Picture picture) throws MediaFailure;
    }

    @Inject
    FilmCopies(Storage storage, Probe probe, WorkFolder folders, VideosConfig config) {
        this(storage, probe, folders, config.keep(), config.stills());
    }

    /**
     * Of films that nobody uses any more {@code most} are kept, each for {@code keep}.
     */
    FilmCopies(Storage storage, Probe probe, WorkFolder folders, Duration keep, int most) {
        this.storage = storage;
        this.probe = probe;
        this.folders = folders;
        this.keep = keep;
        this.most = most;
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "video-copies");
        thread.setDaemon(true);
        return thread;
    }

    void stop(@Observes ShutdownEvent stopping) {
        sweeper.shutdownNow();
        remove(idle(0, 0));
    }

    /**
     * Uses the film that lies at {@code key}; blocks while it is fetched, also by somebody else.
     *
     * @throws MediaFailure when it cannot be looked into, or the use fails
     */
    void use(String key, BooleanSupplier wanted, Use use) throws MediaFailure {
        var copy = borrow(key);
        try {
            fetch(key, copy, wanted);
            use.of(copy.film(), copy.picture);
        } finally {
            giveBack(copy);
        }
    }

    private synchronized Copy borrow(String key) {
        var copy = copies.computeIfAbsent(key, x -> new Copy(folders.fresh()));
        copy.users++;
        return copy;
    }

    private void fetch(String key, Copy copy, BooleanSupplier wanted) throws MediaFailure {
        synchronized (copy) {
            if (copy.picture != null) return;
            // half a film that somebody else did not get is none
            if (Files.exists(copy.film())) WorkFolder.remove(copy.film());
            storage.get(key, copy.film()).await().atMost(TRANSFER);
            copy.picture = probe.facts(copy.film(), wanted).picture();
        }
    }

    private void giveBack(Copy copy) {
        synchronized (this) {
            copy.users--;
            copy.usedAt = System.nanoTime();
        }
        sweep();
        sweeper.schedule(this::sweep, keep.toMillis() + 1, TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        remove(idle(most, keep.toNanos()));
    }

    /** Takes out those that nobody uses, beyond so many, or for so long, or because there is nothing to be seen in them. */
    private synchronized List<Copy> idle(int beyond, long longer) {
        var gone = new ArrayList<Copy>();
        var unused = copies.values().stream().filter(copy -> copy.users == 0).count();
        for (var all = copies.values().iterator(); all.hasNext(); ) {
            var copy = all.next();
            var isFresh = unused <= beyond && System.nanoTime() - copy.usedAt < longer && copy.picture != null;
            if (copy.users > 0 || isFresh) continue;
            all.remove();
            gone.add(copy);
            unused--;
        }
        return gone;
    }

    private static void remove(List<Copy> copies) {
        for (var copy : copies) WorkFolder.remove(copy.folder);
    }
}
