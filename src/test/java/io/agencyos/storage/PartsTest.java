package io.agencyos.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Locale;

import io.agencyos.storage.Storage.Part;
import io.agencyos.testing.Together;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What somebody was told to have arrived is there, whatever else arrives, and wherever it runs. */
class PartsTest {

    private static final int ROUNDS = 400;
    private static final int AT_ONCE = 4;

    @TempDir
    Path path;

    @ParameterizedTest
    @ValueSource(longs = {1000, 0})
    void ofOnePartSentManyTimesAtOnceTheLastIsThere(long apart) throws IOException {
        var folder = new Folder(path);
        var parts = new Parts(folder);
        for (var round = 0; round < ROUNDS; round++) {
            var upload = parts.begin();
            Together.all(AT_ONCE, i -> settled(folder, parts, upload, i, i * apart));
            assertEquals(List.of(new Part(1, 1, md5(AT_ONCE - 1))), parts.list(upload));
        }
    }

    @Test
    void partsAreFoundWhateverDigitsTheSystemWrites() throws IOException {
        var folder = new Folder(path);
        var parts = new Parts(folder);
        var upload = parts.begin();
        var before = Locale.getDefault(Locale.Category.FORMAT);
        Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("ar-EG"));
        try {
            settled(folder, parts, upload, 0, 0);
        } finally {
            Locale.setDefault(Locale.Category.FORMAT, before);
        }
        assertEquals(List.of(new Part(1, 1, md5(0))), parts.list(upload));
    }

    /** So many milliseconds after the first, as far as their files know. */
    private static boolean settled(Folder folder, Parts parts, String upload, int i, long after) {
        try {
            var fresh = Files.writeString(folder.fresh(), "x");
            Files.setLastModifiedTime(fresh, FileTime.fromMillis(1_000_000 + after));
            parts.settle(upload, 1, md5(i), fresh);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String md5(int i) {
        return "0123456789abcdef0123456789abcde" + i;
    }
}
