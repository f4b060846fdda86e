package io.agencyos.assets;

import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * How a camera was held, which JPEGs of cameras say in their Exif data (TIFF 6.0, tag 274): the picture has to be
 * turned.
 */
enum Orientation {
    UPRIGHT(1, 0, 0, 1, false),
    MIRRORED(-1, 0, 0, 1, false),
    UPSIDE_DOWN(-1, 0, 0, -1, false),
    MIRRORED_UPSIDE_DOWN(1, 0, 0, -1, false),
    MIRRORED_ON_LEFT(0, 1, 1, 0, true),
    ON_LEFT(0, -1, 1, 0, true),
    MIRRORED_ON_RIGHT(0, -1, -1, 0, true),
    ON_RIGHT(0, 1, -1, 0, true);

    private static final int START = 0xffd8;
    private static final int EXIF = 0xffe1;
    private static final int SCAN = 0xffda;
    private static final int FIRST_SEGMENT = 0xffc0;
    private static final int ENTRY = 12;
    private static final int TAG = 274;
    private static final int SHORT = 3;
    private static final int MOST_SEGMENTS = 1000;
    private static final byte[] HEADER = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

    private final int xOfX;
    private final int xOfY;
    private final int yOfX;
    private final int yOfY;
    private final boolean isOnSide;

    Orientation(int xOfX, int xOfY, int yOfX, int yOfY, boolean isOnSide) {
        this.xOfX = xOfX;
        this.xOfY = xOfY;
        this.yOfX = yOfX;
        this.yOfY = yOfY;
        this.isOnSide = isOnSide;
    }

    /** Whether it is as high as its pixels are wide. */
    boolean isOnSide() {
        return isOnSide;
    }

    /** The picture as it is to be seen. */
    BufferedImage turn(BufferedImage picture) {
        if (this == UPRIGHT) return picture;
        var width = picture.getWidth();
        var height = picture.getHeight();
        var turned =
                new BufferedImage(isOnSide ? height : width, isOnSide ? width : height, BufferedImage.TYPE_INT_RGB);
        var right = xOfX < 0 ? width : xOfY < 0 ? height : 0;
        var down = yOfY < 0 ? height : yOfX < 0 ? width : 0;
        var paper = turned.createGraphics();
        paper.drawImage(picture, new AffineTransform(xOfX, yOfX, xOfY, yOfY, right, down), null);
        paper.dispose();
        return turned;
    }

    /** That of a file; upright when it says nothing, or nothing that can be read. */
    static Orientation of(Path file) throws IOException {
        try (var in = new DataInputStream(Files.newInputStream(file))) {
            return in.readUnsignedShort() == START ? of(in) : UPRIGHT;
        } catch (EOFException | BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return UPRIGHT;
        }
    }

    private static Orientation of(DataInputStream in) throws IOException {
        for (var i = 0; i < MOST_SEGMENTS; i++) {
            var marker = in.readUnsignedShort();
            if (marker < FIRST_SEGMENT || marker == SCAN) return UPRIGHT;
            var length = in.readUnsignedShort() - 2;
            var segment = in.readNBytes(Math.max(0, length));
            if (marker == EXIF && Arrays.equals(HEADER, Arrays.copyOf(segment, HEADER.length)))
                return ofTiff(ByteBuffer.wrap(segment, HEADER.length, segment.length - HEADER.length)
                        .slice());
        }
        return UPRIGHT;
    }

    private static Orientation ofTiff(ByteBuffer tiff) {
        tiff.order(tiff.getShort() == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        tiff.position(tiff.getInt(4));
        var entries = Short.toUnsignedInt(tiff.getShort());
        for (var at = tiff.position(); entries > 0; entries--, at += ENTRY) {
            tiff.position(at);
            if (Short.toUnsignedInt(tiff.getShort()) == TAG && tiff.getShort() == SHORT)
                return ofTag(tiff.getShort(at + 8));
        }
        return UPRIGHT;
    }

    private static Orientation ofTag(int value) {
        return value >= 1 && value <= values().length ? values()[value - 1] : UPRIGHT;
    }
}
