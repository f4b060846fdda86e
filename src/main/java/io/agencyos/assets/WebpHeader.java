package io.agencyos.assets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How large a WebP picture says that it is (RFC 9649), whether it moves or not.
 *
 * @param width in pixels, 0 where that cannot be read
 * @param height in pixels, 0 where that cannot be read
 */
record WebpHeader(int width, int height) {

    private static final int LENGTH = 30;
    private static final int SIDE = 0x3fff;
    private static final int LONG_SIDE = 0xffffff;

    /** That of a file, or null when it is no WebP. */
    static WebpHeader of(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var head = ByteBuffer.wrap(in.readNBytes(LENGTH)).order(ByteOrder.LITTLE_ENDIAN);
            if (head.limit() < LENGTH
                    || !name(head, 0).equals("RIFF")
                    || !name(head, 8).equals("WEBP")) return null;
            return of(head);
        }
    }

    private static WebpHeader of(ByteBuffer head) {
        return switch (name(head, 12)) {
            case "VP8 " -> new WebpHeader(head.getShort(26) & SIDE, head.getShort(28) & SIDE);
            case "VP8L" -> new WebpHeader((head.getInt(21) & SIDE) + 1, (head.getInt(21) >> 14 & SIDE) + 1);
            case "VP8X" -> new WebpHeader((head.getInt(24) & LONG_SIDE) + 1, (head.getInt(26) >>> 8) + 1);
            default -> new WebpHeader(0, 0);
        };
    }

    private static String name(ByteBuffer head, int at) {
        return new String(head.array(), at, 4, StandardCharsets.US_ASCII);
    }
}
