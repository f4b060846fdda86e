package io.agencyos.assets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * How large an AVIF or HEIC picture says that it is (ISO/IEC 23008-12): the largest of what is in the file, which may be
 * tiles and small pictures as well.
 *
 * @param width in pixels as it lies in the file, 0 where that cannot be read
 * @param height in pixels as it lies in the file, 0 where that cannot be read
 * @param quarters by how many quarters it has to be turned to the left
 * @param mirrored whether it has to be mirrored
 */
record HeifHeader(int width, int height, int quarters, boolean mirrored) {

    private static final int LENGTH = 1 << 16;
    private static final int BOX = 8;

    /** What is looked for lies in meta, in iprp there, in ipco there. */
    private static final int DEEPEST = 3;

    private static final Set<String> FOLDERS = Set.of("iprp", "ipco");

    /** That of a file, or null when it is neither. */
    static HeifHeader of(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var head = ByteBuffer.wrap(in.readNBytes(LENGTH));
            return head.limit() > BOX && name(head, 4).equals("ftyp")
                    ? inside(head, 0, new HeifHeader(0, 0, 0, false))
                    : null;
        }
    }

    /** It is seen as it lies in the file. */
    boolean isUpright() {
        return quarters == 0 && !mirrored;
    }

    /** It is as high as its pixels are wide. */
    boolean isOnSide() {
        return quarters % 2 == 1;
    }

    private static HeifHeader inside(ByteBuffer boxes, int depth, HeifHeader known) {
        var found = known;
        while (boxes.remaining() >= BOX) {
            var start = boxes.position();
            var end = Math.min(boxes.limit(), start + (long) Math.max(BOX, boxes.getInt(start)));
            var inside = boxes.slice(start + BOX, (int) end - start - BOX);
            found = box(name(boxes, start + 4), inside, depth, found);
            boxes.position((int) end);
        }
        return found;
    }

    private static HeifHeader box(String name, ByteBuffer inside, int depth, HeifHeader known) {
        if (depth == DEEPEST) return found(name, inside, known);
        if (name.equals("meta") && inside.limit() > 4)
            return inside(inside.position(4).slice(), depth + 1, known);
        return FOLDERS.contains(name) ? inside(inside, depth + 1, known) : found(name, inside, known);
    }

    private static HeifHeader found(String name, ByteBuffer inside, HeifHeader known) {
        if (name.equals("ispe") && inside.limit() >= 12) return known.orLarger(inside.getInt(4), inside.getInt(8));
        if (name.equals("irot") && inside.hasRemaining())
            return new HeifHeader(known.width, known.height, inside.get(0) & 3, known.mirrored);
        return name.equals("imir") ? new HeifHeader(known.width, known.height, known.quarters, true) : known;
    }

    private HeifHeader orLarger(int otherWidth, int otherHeight) {
        var isLarger = otherWidth > 0 && otherHeight > 0 && (long) otherWidth * otherHeight > (long) width * height;
        return isLarger ? new HeifHeader(otherWidth, otherHeight, quarters, mirrored) : this;
    }

    private static String name(ByteBuffer boxes, int at) {
        var name = new byte[4];
        boxes.get(at, name);
        return new String(name, StandardCharsets.US_ASCII);
    }
}
