package io.agencyos.videos;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;

/** What has to be done to a file before every browser can play it from anywhere in it. */
enum Delivery {
    /** Nothing. */
    AS_IS,
    /** Its film and sound are fine, but not how they lie in the file. */
    REPACK,
    /** Browsers do not play it, usual screens do not show it, or its frames have no constant rate to be named by. */
    ENCODE;

    private static final Set<String> SAFE_SOUND = Set.of("aac", "mp3");
    private static final Set<String> SAFE_SOUND_FILES = Set.of("mp3", "wav", "flac");
    private static final int HEADER = 8;
    private static final int LONG_HEADER = 16;

    /**
     * What {@code file} needs.
     *
     * @param facts what it holds
     */
    static Delivery of(MediaFacts facts, Path file) throws IOException {
        var isMov = facts.format().startsWith("mov,");
        if (facts.picture() == null) {
            if (SAFE_SOUND_FILES.contains(facts.format())) return AS_IS;
            if (!SAFE_SOUND.contains(facts.sound())) return ENCODE;
            return isMov && startsWithItsIndex(file) ? AS_IS : REPACK;
        }
        if (!isSafe(facts)) return ENCODE;
        return isMov && isMp4(file) && startsWithItsIndex(file) ? AS_IS : REPACK;
    }

    private static boolean isSafe(MediaFacts facts) {
        var picture = facts.picture();
        // AVI does not say when frames are shown, only in which order they are decoded
        return picture.codec().equals("h264")
                && !facts.format().equals("avi")
                && Set.of("yuv420p", "yuvj420p").contains(picture.pixels())
                && !picture.frames().varies()
                && !picture.tones().areHigh()
                && (facts.sound() == null || SAFE_SOUND.contains(facts.sound()));
    }

    /** QuickTime's own kind of the format is not played everywhere. */
    private static boolean isMp4(Path file) throws IOException {
        try (var channel = FileChannel.open(file)) {
            var brand = read(channel, 0, LONG_HEADER);
            return brand.length >= 12
                    && new String(brand, 4, 4, StandardCharsets.ISO_8859_1).equals("ftyp")
                    && !new String(brand, 8, 4, StandardCharsets.ISO_8859_1).equals("qt  ");
        }
    }

    /** Whether what a player has to know first comes before the film: the box moov before the box mdat. */
    static boolean startsWithItsIndex(Path file) throws IOException {
        try (var channel = FileChannel.open(file)) {
            for (long at = 0; at < channel.size(); ) {
                var head = read(channel, at, LONG_HEADER);
                if (head.length < HEADER) return false;
                var type = new String(head, 4, 4, StandardCharsets.ISO_8859_1);
                if (type.equals("moov")) return true;
                if (type.equals("mdat")) return false;
                var size = size(head);
                if (size < HEADER || size > channel.size() - at) return false;
                at += size;
            }
            return false;
        }
    }

    private static long size(byte[] head) {
        var buffer = ByteBuffer.wrap(head);
        var size = Integer.toUnsignedLong(buffer.getInt(0));
        // 1 says that the size stands behind the type
        return size == 1 && head.length == LONG_HEADER ? buffer.getLong(HEADER) : size;
    }

    private static byte[] read(FileChannel channel, long at, int most) throws IOException {
        var buffer = ByteBuffer.allocate(most);
        while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) > 0) continue;
        var bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }
}
