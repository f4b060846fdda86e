package io.agencyos.assets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What is read of the head of an AVIF or HEIC picture, where that was made to harm. */
class HeifHeaderTest {

    @TempDir
    Path folder;

    @Test
    void boxesWithinBoxesWithoutEndAreNotFollowed() throws IOException {
        var file = ByteBuffer.allocate(1 << 16);
        box(file, "ftyp", 12);
        file.putInt(0);
        while (file.remaining() >= 12) {
            box(file, "meta", file.remaining());
            file.putInt(0);
        }
        assertEquals(
                new HeifHeader(0, 0, 0, false), HeifHeader.of(Files.write(folder.resolve("deep.avif"), file.array())));
    }

    private static void box(ByteBuffer file, String name, int length) {
        file.putInt(length).put(name.getBytes(StandardCharsets.US_ASCII));
    }
}
