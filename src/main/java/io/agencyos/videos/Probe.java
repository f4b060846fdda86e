package io.agencyos.videos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import io.vertx.core.json.JsonObject;

/** Finds out what a file holds. What is no film and no sound, or too much of it, is refused in words for people. */
@ApplicationScoped
class Probe {

    private static final String ENTRIES = "format=format_name,duration,start_time,bit_rate:format_tags=timecode"
            + ":stream=index,codec_type,codec_name,pix_fmt,width,height,sample_aspect_ratio,field_order"
            + ",color_space,color_transfer,color_primaries"
            + ",r_frame_rate,avg_frame_rate,start_time,duration,nb_frames"
            + ":stream_tags=timecode:stream_disposition=attached_pic:stream_side_data=rotation";
    private static final Pattern RATIO = Pattern.compile("(\\d{1,9})[/:](\\d{1,9})");
    private static final Pattern TIMECODE = Pattern.compile("\\d{2}:\\d{2}:\\d{2}[:;]\\d{2,3}");
    private final MediaTools tools;
    private final FilmLimits limits;

    Probe(MediaTools tools, VideosConfig config) {
        this.tools = tools;
        this.limits = new FilmLimits(config);
    }

    /**
     * What {@code file} holds.
     *
     * @throws MediaFailure when it is empty, damaged, no film and no sound, too long or too large
     */
    MediaFacts facts(Path file, BooleanSupplier wanted) throws MediaFailure {
        if (size(file) == 0) throw MediaFailure.lasting("The file is empty");
        var found = describe(file, wanted);
        var streams = found.getJsonArray("streams").stream()
                .map(JsonObject.class::cast)
                .toList();
        var facts = facts(file, found.getJsonObject("format"), streams, wanted);
        if (facts.picture() == null && facts.sound() == null)
            throw MediaFailure.lasting(
                    facts.cover() == null
                            ? "There is neither film nor sound in the file"
                            : "The file is a single picture, no film");
        limits.check(facts);
        return facts;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonObject describe(Path file, BooleanSupplier wanted) throws MediaFailure {
        var json = new StringBuilder();
        tools.ffprobe(file, List.of("-print_format", "json", "-show_entries", ENTRIES))
                .run(json::append, "The file is damaged, or it is neither film nor sound", wanted);
        var found = new JsonObject(json.toString());
        if (!found.containsKey("streams") || !found.containsKey("format"))
            throw MediaFailure.lasting("There is neither film nor sound in the file");
        return found;
    }

    private MediaFacts facts(Path file, JsonObject format, List<JsonObject> streams, BooleanSupplier wanted)
            throws MediaFailure {
        var film = first(streams.stream().filter(s -> is(s, "video") && !isCover(s)));
        var sound = first(streams.stream().filter(s -> is(s, "audio")));
        var cover = first(streams.stream().filter(Probe::isCover));
        if (film != null) limits.checkSize(film.getInteger("width", 0), film.getInteger("height", 0));
        var times = film == null ? new PacketTimes() : times(file, film, wanted);
        // one frame is no film, whatever the stream says: a picture that goes with the sound
        if (film != null && times.count() == 1) cover = film;
        var picture = times.count() < 2 ? null : picture(film, times.seconds(), number(format, "start_time", 0));
        if (film != null && times.count() == 0 && sound == null) throw FilmLimits.damaged();
        var seconds = seconds(format, picture);
        if (picture != null) {
            var there = picture.frames().count() + times.hidden();
            FilmLimits.checkWhole(there, steady(picture, film, times), film, format, () -> end(file, sound, wanted));
            limits.checkSize(picture.width(), picture.height());
        }
        return new MediaFacts(
                picture,
                cover == null ? null : cover.getInteger("index"),
                sound == null ? null : sound.getString("codec_name"),
                format.getString("format_name"),
                seconds,
                bitrate(format),
                timecode(format, streams));
    }

    private double end(Path file, JsonObject sound, BooleanSupplier wanted) throws MediaFailure {
        return sound == null ? 0 : times(file, sound, wanted).last();
    }

    /** Its constant rate, also of one that varies only where it was cut off, or null. */
    private static FrameRate steady(MediaFacts.Picture picture, JsonObject film, PacketTimes times) {
        var frames = picture.frames();
        return frames.varies() ? FrameTimes.beforeItsEnd(times.seconds(), declared(film)) : frames.rate();
    }

    private static List<FrameRate> declared(JsonObject film) {
        return Stream.of(rate(film, "r_frame_rate"), rate(film, "avg_frame_rate"))
                .filter(Objects::nonNull)
                .toList();
    }

    private static MediaFacts.Picture picture(JsonObject film, double[] times, double start) {
        var aspect = ratio(film.getString("sample_aspect_ratio", "1:1"));
        var isSquare = aspect == null || aspect[0] == aspect[1] || aspect[0] == 0;
        var width = isSquare
                ? film.getInteger("width")
                : Math.toIntExact(Math.round(film.getInteger("width") * (double) aspect[0] / aspect[1]));
        var isTurned = isTurned(film);
        var begins = Arrays.stream(times).min().orElseThrow();
        return new MediaFacts.Picture(
                film.getInteger("index"),
                film.getString("codec_name", "unknown"),
                film.getString("pix_fmt", "unknown"),
                isTurned ? film.getInteger("height") : width,
                isTurned ? width : film.getInteger("height"),
                !isSquare,
                List.of("tt", "bb", "tb", "bt").contains(film.getString("field_order", "progressive")),
                Tones.of(film),
                begins,
                begins - start,
                FrameTimes.of(times, declared(film)));
    }

    /** Whether it was filmed upright with a camera that lay on its side. */
    private static boolean isTurned(JsonObject film) {
        var data = film.getJsonArray("side_data_list");
        return data != null
                && data.stream()
                        .map(JsonObject.class::cast)
                        .anyMatch(one -> Math.abs(Math.round(number(one, "rotation", 0))) % 180 == 90);
    }

    /** When each frame is shown, in seconds of the file's own time, those that an edit list cuts away left out. */
    private PacketTimes times(Path file, JsonObject film, BooleanSupplier wanted) throws MediaFailure {
        var times = new PacketTimes();
        tools.ffprobe(
                        file,
                        List.of(
                                "-select_streams",
                                film.getInteger("index").toString(),
                                "-print_format",
                                "csv=print_section=0:nokey=1",
                                "-show_entries",
                                "packet=pts_time,dts_time,flags"))
                .run(times::add, "The file is damaged, or it is neither film nor sound", wanted);
        if (times.isFull()) throw MediaFailure.lasting("The film has too many frames");
        return times;
    }

    private static double seconds(JsonObject format, MediaFacts.Picture picture) {
        // what a file declares is any number; its frames are there
        return picture == null
                ? number(format, "duration", 0)
                : picture.frames().seconds();
    }

    private static Integer bitrate(JsonObject format) {
        var bits = number(format, "bit_rate", 0);
        return bits > 0 && bits < Integer.MAX_VALUE ? (Integer) (int) bits : null;
    }

    /** The timecode track's, else that of another stream, else the file's own. */
    private static String timecode(JsonObject format, List<JsonObject> streams) {
        return Stream.concat(streams.stream(), Stream.of(format))
                .map(one -> one.getJsonObject("tags", new JsonObject()).getString("timecode", ""))
                .filter(text -> TIMECODE.matcher(text).matches())
                .findFirst()
                .orElse(null);
    }

    private static JsonObject first(Stream<JsonObject> streams) {
        return streams.findFirst().orElse(null);
    }

    private static boolean is(JsonObject stream, String type) {
        return type.equals(stream.getString("codec_type"));
    }

    private static boolean isCover(JsonObject stream) {
        return is(stream, "video")
                && stream.getJsonObject("disposition", new JsonObject()).getInteger("attached_pic", 0) == 1;
    }

    private static FrameRate rate(JsonObject stream, String key) {
        var ratio = ratio(stream.getString(key, ""));
        return ratio == null || ratio[0] <= 0 || ratio[1] <= 0 ? null : new FrameRate(ratio[0], ratio[1]);
    }

    private static int[] ratio(String text) {
        var found = RATIO.matcher(text);
        return found.matches() ? new int[] {Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))} : null;
    }

    static double number(JsonObject object, String key, double otherwise) {
        var value = object.getValue(key);
        try {
            return value == null ? otherwise : Double.parseDouble(value.toString());
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
