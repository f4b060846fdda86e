package io.agencyos.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.agencyos.testing.Together;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What has been looked at under a key stays what it was, whichever replica comes second. */
class FolderTest {

    @TempDir
    Path path;

    @Test
    void whoComesSecondFindsWhatTheFirstHasBrought() throws IOException {
        var one = new Folder(path);
        var other = new Folder(path);
        var place = one.object("work/film");
        one.settleOnce(written(one, "good"), place);
        other.settleOnce(written(other, "evil"), place);
        assertEquals("good", Files.readString(place));
        assertEquals(List.of(), left());
        other.settle(written(other, "new"), place);
        assertEquals("new", Files.readString(place));
    }

    @Test
    void ofManyAtOnceOneIsTheFirst() throws IOException {
        var folder = new Folder(path);
        var place = folder.object("work/film");
        var seen = Together.all(8, i -> brought(folder, "from " + i, place));
        assertEquals(1, seen.stream().distinct().count());
        assertTrue(Files.exists(place));
        assertFalse(left().stream().anyMatch(Files::exists));
    }

    private static String brought(Folder folder, String text, Path place) {
        try {
            folder.settleOnce(written(folder, text), place);
            return Files.readString(place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path written(Folder folder, String text) throws IOException {
        return Files.writeString(folder.fresh(), text);
    }

    private List<Path> left() throws IOException {
        try (var files = Files.list(path.resolve("fresh"))) {
            return files.toList();
        }
    }
}
