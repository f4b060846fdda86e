package io.agencyos.videos;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

import jakarta.enterprise.context.ApplicationScoped;

/** Makes what is shown of a film: its poster, its thumbnails, and a copy that browsers play. */
@ApplicationScoped
class Rendering {

    private static final double POSTER_AT = 0.1;
    private static final int POSTER_SIDE = 1280;
    private static final int LONG_SIDE = 1920;
    private static final int SHORT_SIDE = 1080;
    private static final int LEAST_TIMESCALE = 10_000;
    private static final double MICROS = 1_000_000;
    private static final String OUT_TIME = "out_time_us=";
    private static final String UNREADABLE = "The file is damaged: its pictures cannot be read";

    private final MediaTools tools;

    Rendering(MediaTools tools) {
        this.tools = tools;
    }

    /** One frame from near the beginning, or the cover of a song, as JPEG. */
    void poster(Path file, MediaFacts facts, Path output, BooleanSupplier wanted) throws MediaFailure {
        var before = new ArrayList<String>();
        var stream = facts.cover();
        var toned = "";
        if (facts.picture() != null) {
            stream = facts.picture().stream();
            toned = toned(facts.picture());
            before.addAll(List.of("-ss", seconds(facts.seconds() * POSTER_AT)));
        }
        var scale = "scale='min(iw*sar,%d)':'min(ih,%d)':force_original_aspect_ratio=decrease:force_divisible_by=2";
        var filter = String.format(Locale.ROOT, scale, POSTER_SIDE, POSTER_SIDE) + toned + ",setsar=1,format=yuvj420p";
        tools.ffmpeg(file, 0, before, picture(stream, filter), output).run(line -> {}, UNREADABLE, wanted);
    }

    /** Small pictures of many moments in one, as JPEG. */
    void sprite(Path file, MediaFacts facts, Path output, BooleanSupplier wanted) throws MediaFailure {
        var picture = facts.picture();
        var filter = Thumbnails.of(facts).filter(picture.begins(), toned(picture));
        tools.ffmpeg(file, facts.seconds(), List.of("-copyts"), picture(picture.stream(), filter), output)
                .run(line -> {}, UNREADABLE, wanted);
    }

    /** One picture of this stream, as JPEG. */
    private static List<String> picture(int stream, String filter) {
        return List.of(
                "-map",
                "0:" + stream,
                "-vf",
                filter,
                "-frames:v",
                "1",
                "-fps_mode",
                "passthrough",
                "-q:v",
                "4",
                "-f",
                "mjpeg");
    }

    /**
     * A copy that every browser plays, from anywhere in it.
     *
     * @param progress is told how much is done, from 0 to 1
     */
    void playable(
            Path file,
            MediaFacts facts,
            Delivery delivery,
            Path output,
            DoubleConsumer progress,
            BooleanSupplier wanted)
            throws MediaFailure {
        var arguments = new ArrayList<>(List.of("-map_metadata", "-1", "-map_chapters", "-1", "-dn", "-sn"));
        if (facts.picture() != null) arguments.addAll(List.of("-map", "0:" + facts.picture().stream()));
        arguments.addAll(List.of("-map", "0:a:0?"));
        arguments.addAll(delivery == Delivery.REPACK ? List.of("-c", "copy") : encoding(facts));
        arguments.addAll(List.of("-movflags", "+faststart", "-write_tmcd", "0", "-f", "mp4"));
        tools.ffmpeg(file, facts.seconds(), List.of(), arguments, output)
                .run(
                        line -> report(line, facts.seconds(), progress),
                        "The file is damaged: it cannot be played to its end",
                        wanted);
    }

    private static void report(String line, double seconds, DoubleConsumer progress) {
        if (!line.startsWith(OUT_TIME) || seconds <= 0) return;
        var time = line.substring(OUT_TIME.length());
        if (time.matches("\\d{1,15}")) progress.accept(Math.min(1, Long.parseLong(time) / MICROS / seconds));
    }

    private List<String> encoding(MediaFacts facts) throws MediaFailure {
        var arguments = new ArrayList<>(List.of("-c:a", "aac", "-b:a", "160k", "-ac", "2"));
        if (facts.picture() == null) return arguments;
        var rate = facts.picture().frames().rate();
        var frame = rate.den() + "/" + rate.num();
        arguments.addAll(List.of("-vf", filters(facts.picture()), "-fps_mode", "passthrough"));
        // so that each frame lies exactly where its number says, and none is dropped or shown twice
        arguments.addAll(List.of("-enc_time_base", frame));
        arguments.addAll(List.of("-video_track_timescale", String.valueOf(timescale(rate))));
        arguments.addAll(List.of("-c:v", "libx264", "-preset", "veryfast", "-crf", "21", "-profile:v", "high"));
        // a key frame each second: to seek is to show a frame at once
        arguments.addAll(List.of("-g", String.valueOf(rate.nominal())));
        return arguments;
    }

    private static int timescale(FrameRate rate) {
        return rate.num() * Math.max(1, (LEAST_TIMESCALE + rate.num() - 1) / rate.num());
    }

    private String filters(MediaFacts.Picture picture) throws MediaFailure {
        var frames = picture.frames();
        var rate = frames.rate().num() + "/" + frames.rate().den();
        var filters = new ArrayList<String>();
        filters.add(
                frames.varies()
                        ? "fps=" + rate
                        : "settb=" + frames.rate().den() + "/" + frames.rate().num());
        if (picture.interlaced()) filters.add("yadif=mode=send_frame");
        filters.add(scale(picture) + toned(picture));
        filters.add("setsar=1");
        filters.add("format=yuv420p");
        return String.join(",", filters);
    }

    private static String scale(MediaFacts.Picture picture) {
        var isUpright = picture.height() > picture.width();
        var mostWidth = isUpright ? SHORT_SIDE : LONG_SIDE;
        var mostHeight = isUpright ? LONG_SIDE : SHORT_SIDE;
        var scale = Math.min(1, Math.min((double) mostWidth / picture.width(), (double) mostHeight / picture.height()));
        return "scale=" + Thumbnails.even(picture.width() * scale) + ":" + Thumbnails.even(picture.height() * scale);
    }

    /** What follows on a filter to bring tones of a high range down, where they are, and this ffmpeg can do it. */
    private String toned(MediaFacts.Picture picture) throws MediaFailure {
        return picture.tones().areHigh() && tools.canMapTones()
                ? "," + picture.tones().filter()
                : "";
    }

    /** Seconds as ffmpeg takes them. */
    static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.6f", Math.max(0, seconds));
    }
}
