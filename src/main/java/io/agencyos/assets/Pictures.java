package io.agencyos.assets;

import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Small pictures of a picture, by the JDK's own codecs, and by {@link PictureReader} of WebP and AVIF. A picture is
 * measured before it is read, and read no larger than is needed, so that a small file of a huge picture takes no
 * memory.
 */
final class Pictures {

    /** A picture with more has its dimensions told, and nothing made of it. */
    private static final long MOST_PIXELS = 200_000_000;
    /** The same for a JPEG of which all is held while it is read. */
    private static final long MOST_HELD = 50_000_000;

    private static final int THUMBNAIL = 320;
    private static final int PREVIEW = 1600;
    private static final Set<String> READABLE = Set.of(
            "image/png",
            "image/jpeg",
            "image/gif",
            "image/bmp",
            "image/webp",
            "image/avif",
            "image/heic",
            "image/heif");

    private Pictures() {}

    /** Whether pictures of this media type can be read. */
    static boolean canRead(String contentType) {
        return READABLE.contains(contentType);
    }

    /**
     * What was made of a picture.
     *
     * @param width its width in pixels as it is seen, or 0 where it cannot be read
     * @param height its height in pixels as it is seen, or 0
     * @param thumbnail a JPEG at most 320 pixels wide and high, or null
     * @param preview a JPEG at most 1600 pixels wide and high, or null
     * @param failure why there are none, for people, or null
     */
    record Small(int width, int height, byte[] thumbnail, byte[] preview, String failure) {

        private Small onItsSide() {
            return new Small(height, width, thumbnail, preview, failure);
        }
    }

    static Small of(Path file, PictureReader reader) {
        try {
            var webp = WebpHeader.of(file);
            if (webp != null) return of(file, webp.width(), webp.height(), png -> reader.webp(file, 2 * PREVIEW, png));
            var heif = HeifHeader.of(file);
            return heif == null ? of(file) : ofHeif(file, heif, reader);
        } catch (IOException e) {
            return new Small(0, 0, null, null, "The picture cannot be read");
        }
    }

    private static Small ofHeif(Path file, HeifHeader header, PictureReader reader) {
        if (!header.isUpright()) {
            var lying = new Small(header.width(), header.height(), null, null, "The picture is turned by its file");
            return header.isOnSide() ? lying.onItsSide() : lying;
        }
        return of(file, header.width(), header.height(), png -> reader.heif(file, 2 * PREVIEW, png));
    }

    /** One that {@code reader} makes a PNG of, or says why it does not. */
    private static Small of(Path file, int width, int height, Function<Path, String> reader) {
        if ((long) width * height > MOST_PIXELS)
            return new Small(width, height, null, null, "The picture has too many pixels");
        var png = file.resolveSibling("foreign.png");
        var failure = reader.apply(png);
        var small = failure == null ? of(png) : new Small(0, 0, null, null, failure);
        return new Small(width, height, small.thumbnail, small.preview, small.failure);
    }

    private static Small of(Path file) {
        try (var in = ImageIO.createImageInputStream(file.toFile())) {
            var readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) return new Small(0, 0, null, null, "The picture cannot be read");
            return read(readers.next(), in, Orientation.of(file));
        } catch (IOException | RuntimeException e) {
            return new Small(0, 0, null, null, "The picture cannot be read");
        }
    }

    private static Small read(ImageReader reader, ImageInputStream in, Orientation orientation) throws IOException {
        try {
            var most = isHeld(reader, in) ? MOST_HELD : MOST_PIXELS;
            reader.setInput(in, true, true);
            var width = reader.getWidth(0);
            var height = reader.getHeight(0);
            var small = (long) width * height > most
                    ? new Small(width, height, null, null, "The picture has too many pixels")
                    : shrink(reader, width, height, orientation);
            return orientation.isOnSide() ? small.onItsSide() : small;
        } finally {
            reader.dispose();
        }
    }

    private static boolean isHeld(ImageReader reader, ImageInputStream in) throws IOException {
        return reader.getFormatName().equalsIgnoreCase("jpeg") && !JpegScans.isOne(in);
    }

    private static Small shrink(ImageReader reader, int width, int height, Orientation orientation) throws IOException {
        try {
            var rough = reader.getDefaultReadParam();
            var every = Math.max(1, Math.max(width, height) / (2 * PREVIEW));
            rough.setSourceSubsampling(every, every, 0, 0);
            var picture = reader.read(0, rough);
            var preview = orientation.turn(fitted(picture, PREVIEW));
            return new Small(width, height, jpeg(fitted(preview, THUMBNAIL)), jpeg(preview), null);
        } catch (IOException | RuntimeException e) {
            return new Small(width, height, null, null, "The picture is damaged");
        }
    }

    /** No larger than {@code side} each way, halved step by step so that no pixel is left out; on white. */
    private static BufferedImage fitted(BufferedImage picture, int side) {
        var longest = Math.max(picture.getWidth(), picture.getHeight());
        var scale = Math.min(1.0, side / (double) longest);
        var step = Math.max(scale, 0.5);
        var smaller = scaled(picture, step);
        return step == scale ? smaller : fitted(smaller, side);
    }

    private static BufferedImage scaled(BufferedImage picture, double scale) {
        var width = Math.max(1, (int) Math.round(picture.getWidth() * scale));
        var height = Math.max(1, (int) Math.round(picture.getHeight() * scale));
        var scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var paper = scaled.createGraphics();
        paper.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        paper.setBackground(Color.WHITE);
        paper.clearRect(0, 0, width, height);
        paper.drawImage(picture, 0, 0, width, height, null);
        paper.dispose();
        return scaled;
    }

    private static byte[] jpeg(BufferedImage picture) throws IOException {
        var bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(picture, "jpeg", bytes)) throw new IOException("No JPEG");
        return bytes.toByteArray();
    }
}
