package io.agencyos.videos;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

import io.agencyos.testing.FreshCopy;

/**
 * Films made by ffmpeg. Each frame bears its number as a row of sixteen boxes, the lowest bit first, white for one, so
 * that a picture of it says which frame it is.
 */
public final class Clips {

    static final int WIDTH = 320;
    static final int HEIGHT = 180;
    private static final int BITS = 16;
    private static final int BOX = WIDTH / BITS;
    private static final int PATIENCE = 60;

    private Clips() {}

    /** An empty folder in that of the build. */
    public static Path folder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "clips")), "clips")
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The filter that burns the number of each frame in. */
    static String counter() {
        return IntStream.range(0, BITS)
                .mapToObj(i -> "drawbox=x=" + i * BOX + ":y=0:w=" + BOX
                        + ":h=60:t=fill:color=white:enable='mod(floor(n/" + (1 << i) + "),2)'")
                .collect(Collectors.joining(","));
    }

    /** A film of frames with their numbers and a hum. */
    public static Path film(Path folder, String name, String rate, double seconds, String... arguments) {
        var command = new ArrayList<>(List.of("-f", "lavfi", "-i", source(rate, seconds)));
        command.addAll(List.of("-f", "lavfi", "-i", "sine=d=" + seconds));
        command.addAll(List.of("-pix_fmt", "yuv420p"));
        command.addAll(Arrays.asList(arguments));
        return make(folder, name, command);
    }

    /** What ffmpeg is given for a film without sound. */
    static String source(String rate, double seconds) {
        return "color=black:s=" + WIDTH + "x" + HEIGHT + ":r=" + rate + ":d=" + seconds + "," + counter();
    }

    /** What ffmpeg makes of these arguments. */
    public static Path make(Path folder, String name, List<String> arguments) {
        var output = folder.resolve(name);
        var command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"));
        command.addAll(arguments);
        command.add(output.toString());
        run(command);
        return output;
    }

    /** What a program prints; it has to succeed. */
    static String run(List<String> command) {
        try (var running = FreshCopy.Running.start(Path.of("."), command, Map.of())) {
            var exit = running.exitCode(PATIENCE);
            if (exit != 0) throw new AssertionError(command + " ended with " + exit + ": " + running.text());
            return running.text();
        }
    }

    /** The number that a picture of a frame bears. */
    static int number(Path picture) {
        try {
            return number(ImageIO.read(picture.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The number that a picture of a frame bears, whatever size it has been given. */
    public static int number(BufferedImage picture) {
        var number = 0;
        for (var i = 0; i < BITS; i++) {
            var x = (int) ((i + 0.5) * picture.getWidth() / BITS);
            if ((picture.getRGB(x, picture.getHeight() / 6) >> 8 & 0xff) > 127) number |= 1 << i;
        }
        return number;
    }

    static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
