package io.agencyos.assets;

import java.io.EOFException;
import java.io.IOException;
import javax.imageio.stream.ImageInputStream;

/**
 * Whether a JPEG comes row by row (ITU-T T.81, B.2). If not, it comes in several scans, and whoever reads it holds two
 * bytes of each colour of each pixel until the last, however small the picture that is wanted.
 */
final class JpegScans {

    private static final int FIRST_FRAME = 0xC0;
    private static final int LAST_FRAME = 0xCF;
    private static final int SEQUENTIAL = 0xC1;
    private static final int SCAN = 0xDA;
    /** What is behind more pieces than any camera writes is not looked for. */
    private static final int MOST_PIECES = 10_000;
    /** Between the markers of frames there stand tables, an extension and arithmetic conditions. */
    private static final String NO_FRAMES = "\u00C4\u00C8\u00CC";

    private JpegScans() {}

    /** {@code in} stands at the picture's beginning, also afterwards. Where the file is damaged, it is taken for false. */
    static boolean isOne(ImageInputStream in) throws IOException {
        in.mark();
        try {
            in.skipBytes(2);
            return isOneBehind(in);
        } catch (EOFException e) {
            return false;
        } finally {
            in.reset();
        }
    }

    private static boolean isOneBehind(ImageInputStream in) throws IOException {
        var colours = 0;
        for (var piece = 0; piece < MOST_PIECES; piece++) {
            if (in.readUnsignedByte() != 0xFF) return false;
            var marker = in.readUnsignedByte();
            var length = in.readUnsignedShort();
            if (marker == SCAN) return in.readUnsignedByte() == colours;
            if (!isFrame(marker)) in.skipBytes(length - 2);
            else if (marker > SEQUENTIAL) return false;
            else colours = colours(in, length);
        }
        return false;
    }

    private static boolean isFrame(int marker) {
        return marker >= FIRST_FRAME && marker <= LAST_FRAME && NO_FRAMES.indexOf(marker) < 0;
    }

    private static int colours(ImageInputStream in, int length) throws IOException {
        in.skipBytes(5);
        var colours = in.readUnsignedByte();
        in.skipBytes(length - 8);
        return colours;
    }
}
