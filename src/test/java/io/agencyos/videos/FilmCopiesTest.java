package io.agencyos.videos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

import jakarta.inject.Inject;

import io.agencyos.storage.Storage;
import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Await;
import io.agencyos.testing.Together;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A film is fetched once for all who want stills of it, and does not stay. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
@WithFfmpeg
class FilmCopiesTest {

    private static final Duration LONG = Duration.ofHours(1);

    @Inject
    Storage storage;

    @Inject
    Probe probe;

    @Inject
    WorkFolder folders;

    private final Path film = Clips.film(Clips.folder(), "f.mp4", "25", 1);
    private String key;

    @BeforeEach
    void aFilm() {
        key = stored(film);
    }

    private String stored(Path file) {
        var name = "test/" + UUID.randomUUID() + ".mp4";
        storage.put(name, "video/mp4", file).await().indefinitely();
        return name;
    }

    @Test
    void whoComesAtOnceOrAWhileLaterUsesTheSameCopy() {
        var copies = new FilmCopies(storage, probe, folders, LONG, 1);
        var all = Together.all(5, i -> used(copies, key));
        storage.delete(key).await().indefinitely();
        assertEquals(5, all.stream().filter(used(copies, key)::equals).count());
        copies.stop(null);
        assertTrue(Files.notExists(all.get(0)));
    }

    @Test
    void aCopyThatNobodyUsesGoesAfterAWhile() {
        var copies = new FilmCopies(storage, probe, folders, Duration.ofMillis(50), 9);
        var copy = used(copies, key);
        Await.until(() -> Files.notExists(copy.getParent()), () -> copy + " is still there");
        assertNotEquals(copy, used(copies, key));
    }

    @Test
    void orWhenThereAreTooManyButNotWhileItIsUsed() throws Exception {
        var copies = new FilmCopies(storage, probe, folders, LONG, 1);
        var second = stored(film);
        var third = stored(film);
        copies.use(key, () -> true, (first, picture) -> {
            var other = used(copies, second);
            assertTrue(Files.exists(other));
            var another = used(copies, third);
            assertTrue(Files.notExists(other));
            assertTrue(Files.exists(another) && Files.exists(first));
        });
        copies.stop(null);
    }

    @Test
    void whatIsNoFilmIsNotKept() throws IOException {
        var copies = new FilmCopies(storage, probe, folders, LONG, 9);
        var none = stored(Files.writeString(Clips.folder().resolve("none.mp4"), "none"));
        var before = count();
        for (var i = 0; i < 2; i++)
            assertThrows(MediaFailure.class, () -> copies.use(none, () -> true, (file, picture) -> {}));
        assertEquals(before, count());
    }

    private long count() throws IOException {
        var fresh = folders.fresh();
        WorkFolder.remove(fresh);
        try (var inside = Files.list(fresh.getParent())) {
            return inside.count();
        }
    }

    private Path used(FilmCopies copies, String of) {
        var found = new Path[1];
        try {
            copies.use(of, () -> true, (file, picture) -> {
                assertEquals(25, picture.frames().count());
                found[0] = file;
            });
        } catch (MediaFailure e) {
            throw new AssertionError(e);
        }
        return found[0];
    }
}
