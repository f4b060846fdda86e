package io.agencyos.videos;

import java.util.Locale;

import io.vertx.core.json.JsonObject;

/** What a film may be, and has to be, to be taken; else it is refused in words for people. */
final class FilmLimits {

    /** What the schema document has room for, section 7: decimal(5,2). */
    private static final int MOST_A_SECOND = 999;

    /** How often the copy of a film may show each frame where the rate varies, and how many it may have anyway. */
    private static final int MOST_REPEATED = 300;

    private static final int MOST_STILL = 10_000;

    /** What is said to be there of a film at least has to be there indeed. */
    private static final double WHOLE = 0.9;

    private static final int LEAST_LOSS = 10;

    private final VideosConfig config;

    FilmLimits(VideosConfig config) {
        this.config = config;
    }

    static MediaFailure damaged() {
        return MediaFailure.lasting("The file is damaged: none of its pictures can be read");
    }

    /** Whether it is short enough, and shows enough. */
    void check(MediaFacts facts) throws MediaFailure {
        if (facts.seconds() > config.longest().toSeconds())
            throw MediaFailure.lasting(
                    "The film is longer than " + config.longest().toMinutes() + " minutes");
        if (facts.picture() != null) checkRate(facts.picture().frames());
    }

    private static void checkRate(FrameTimes frames) throws MediaFailure {
        var rate = FrameTimes.perSecond(frames.rate());
        if (rate > MOST_A_SECOND)
            throw MediaFailure.lasting(String.format(
                    Locale.ROOT, "It has %.0f frames a second, and more than %d are not taken", rate, MOST_A_SECOND));
        if (frames.seconds() * rate > MOST_STILL + (double) MOST_REPEATED * frames.count())
            throw MediaFailure.lasting("Its pictures are too far apart for a film");
    }

    /** Whether there is a picture, in pixels, and none that is too large. */
    void checkSize(int width, int height) throws MediaFailure {
        var pixels = (long) width * height;
        if (pixels <= 0) throw damaged();
        if (pixels > config.pixels())
            throw MediaFailure.lasting("Its pictures are too large: " + width + " x " + height + " pixels");
    }

    /** When the sound ends, in seconds of the file's own time; looked for only where it matters. */
    interface End {
        double seconds() throws MediaFailure;
    }

    /**
     * A file that was cut off says that it is longer than what there is. Matroska says only how long film and sound are
     * together, so there the end of the sound counts as well.
     *
     * @param there how many frames there are
     * @param rate how many a second, or null where that varies
     */
    static void checkWhole(int there, FrameRate rate, JsonObject film, JsonObject format, End endOfSound)
            throws MediaFailure {
        var whole = Probe.number(format, "duration", 0);
        var declared = Probe.number(film, "duration", whole);
        var counted = Probe.number(film, "nb_frames", rate == null ? 0 : declared * FrameTimes.perSecond(rate));
        if (there >= counted * WHOLE || there >= counted - LEAST_LOSS) return;
        if (!film.containsKey("nb_frames")
                && !film.containsKey("duration")
                && endOfSound.seconds() - Probe.number(format, "start_time", 0) >= whole * WHOLE) return;
        throw MediaFailure.lasting(
                String.format(Locale.ROOT, "The file was cut off: only %d of %.0f frames are there", there, counted));
    }
}
