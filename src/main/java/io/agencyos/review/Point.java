package io.agencyos.review;

import java.util.List;

import io.agencyos.db.Refusal;
import io.agencyos.videos.Timecode;
import io.agencyos.videos.VideoVersion;

/**
 * The beginning or the end of what a comment is about, said in one way or not at all.
 *
 * @param way the name of the input's field that says it, or null
 * @param given whether the input speaks of it, be it to remove it
 */
record Point(String way, Double seconds, Integer frame, String timecode, boolean given) {

    static final List<String> START = List.of("timecodeSeconds", "frame", "timecode");
    static final List<String> END = List.of("endTimecodeSeconds", "endFrame", "endTimecode");

    static Point start(Double seconds, Integer frame, String timecode, boolean given) {
        return of(START, seconds, frame, timecode, given);
    }

    static Point end(Double seconds, Integer frame, String timecode, boolean given) {
        return of(END, seconds, frame, timecode, given);
    }

    private static Point of(List<String> names, Double seconds, Integer frame, String timecode, boolean given) {
        String way = null;
        var values = new Object[] {seconds, frame, timecode};
        for (var i = 0; i < values.length; i++) {
            if (values[i] == null) continue;
            if (way != null) throw Refusal.invalid(names.get(i), "Say the place in one way: " + way + " is given too");
            way = names.get(i);
        }
        return new Point(way, seconds, frame, timecode, given);
    }

    /** The frame that is meant, or null where it is not said as a frame or a timecode. */
    Integer frameIn(VideoVersion film, Timecode counting) {
        if (timecode == null) return frame;
        if (film == null || film.frameRateNum == null)
            throw Refusal.invalid(way, "The frame rate is not known, so say the place in seconds");
        if (counting == null)
            throw Refusal.invalid(way, "The film's start timecode is not valid, so say the place as a frame");
        try {
            return inTheFilm(counting.frame(timecode), counting);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(way, e.getMessage());
        }
    }

    /** No film lasts half a day, so what seems to be so far behind the first frame is before it. */
    private Integer inTheFilm(long frame, Timecode counting) {
        if (frame >= counting.framesPerDay() / 2)
            throw Refusal.invalid(way, "The film begins at " + counting.text(0) + ", behind this place");
        return (int) frame;
    }
}
