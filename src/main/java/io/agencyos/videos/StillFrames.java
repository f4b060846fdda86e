package io.agencyos.videos;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

import jakarta.enterprise.context.ApplicationScoped;

/** Takes single frames out of films. */
@ApplicationScoped
class StillFrames {

    /** How far before a frame reading begins, so that a key frame lies between. */
    private static final double RUN_UP = 10;

    /** Where a PNG says how wide and how high it is (its chunk IHDR comes first). */
    private static final int PNG_SIZE = 16;

    private static final String UNREADABLE = "The frame cannot be read";
    private final MediaTools tools;

    StillFrames(MediaTools tools) {
        this.tools = tools;
    }

    /**
     * Frame {@code number} of a film, counted from 0 as they are shown, as PNG in the size that it is shown in.
     *
     * @param film a film whose frames follow one another at a constant rate
     */
    void take(Path file, MediaFacts.Picture film, int number, Path output, BooleanSupplier wanted) throws MediaFailure {
        // half a frame before it begins, since times in files are rounded
        var into = (number - 0.5) / FrameTimes.perSecond(film.frames().rate());
        var before = new ArrayList<>(List.of("-copyts"));
        if (into > RUN_UP) before.addAll(List.of("-ss", Rendering.seconds(film.lead() + into - RUN_UP)));
        var select = String.format(Locale.ROOT, "select='gte(t,%.6f)'", film.begins() + into);
        var filter = select + ",scale=" + film.width() + ":" + film.height() + ",setsar=1,format=rgb24";
        var arguments = List.of(
                "-map",
                "0:" + film.stream(),
                "-vf",
                filter,
                "-frames:v",
                "1",
                "-fps_mode",
                "passthrough",
                "-c:v",
                "png",
                "-f",
                "image2pipe");
        tools.ffmpeg(file, 0, before, arguments, output).run(line -> {}, UNREADABLE, wanted);
    }

    /**
     * Lays a drawing over a still.
     *
     * @param still a PNG
     * @param over a drawing of our own making
     * @param output where the PNG of both goes, in a folder of its own
     */
    void overlay(Path still, Stills.Overlay over, Path output, BooleanSupplier wanted) throws MediaFailure {
        try {
            var drawing = output.resolveSibling("drawing.svg");
            Files.write(drawing, drawing(still, over).getBytes(StandardCharsets.UTF_8));
            tools.pictures(
                            List.of("png_pipe", "file:" + still, "svg_pipe", "file:" + drawing),
                            "[0:v][1:v]overlay=format=rgb,format=rgb24",
                            output)
                    .run(line -> {}, "The drawing cannot be laid over the frame", wanted);
        } catch (IOException e) {
            throw MediaFailure.passing("The drawing cannot be kept");
        }
    }

    private static String drawing(Path still, Stills.Overlay over) throws IOException {
        try (var png = new DataInputStream(Files.newInputStream(still))) {
            png.skipNBytes(PNG_SIZE);
            return over.svg(png.readInt(), png.readInt());
        }
    }
}
