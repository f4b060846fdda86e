package io.agencyos.review;

import io.agencyos.db.ErrorCode;
import io.agencyos.db.Patch;
import io.agencyos.db.Refusal;
import io.agencyos.videos.Timecode;
import io.agencyos.videos.VideoVersion;

/**
 * Where an input says that a comment stands.
 *
 * @param start where it begins
 * @param end where it ends, if it is about more than one moment
 */
record Place(Point start, Point end) {

    /** The rest of a change. */
    static Patch<EditTimecodeComment> without(Patch<EditTimecodeComment> patch) {
        return patch.without("timecodeSeconds", "frame", "timecode", "endTimecodeSeconds", "endFrame", "endTimecode");
    }

    /** That of a comment to be made. */
    static Place of(NewTimecodeComment input) {
        return new Place(
                Point.start(input.timecodeSeconds(), input.frame(), input.timecode(), true),
                Point.end(input.endTimecodeSeconds(), input.endFrame(), input.endTimecode(), true));
    }

    /** That of a comment to be changed; what is absent stays. */
    static Place of(Patch<EditTimecodeComment> patch) {
        var input = patch.values();
        var start = Point.start(
                input.timecodeSeconds(),
                input.frame(),
                input.timecode(),
                patch.given().stream().anyMatch(Point.START::contains));
        if (start.given() && start.way() == null)
            throw Refusal.invalid("timecodeSeconds", "A comment stands somewhere: its place cannot be removed");
        var end = Point.end(
                input.endTimecodeSeconds(),
                input.endFrame(),
                input.endTimecode(),
                patch.given().stream().anyMatch(Point.END::contains));
        return new Place(start, end);
    }

    /** Whether the film has to be known to tell which frames are meant. */
    boolean needsFilm() {
        return start.timecode() != null || end.timecode() != null;
    }

    /** Puts the comment there; the database makes seconds out of frames and frames out of seconds. */
    TimecodeComment put(TimecodeComment comment, VideoVersion film) {
        var timecode = film == null ? null : Timecode.of(film);
        if (start.seconds() != null) comment.timecodeSeconds = start.seconds();
        else if (start.way() != null) comment.frame = start.frameIn(film, timecode);
        if (end.seconds() != null) comment.endTimecodeSeconds = end.seconds();
        else if (end.given()) comment.endFrame = end.frameIn(film, timecode);
        if (end.given() && end.way() == null) comment.endTimecodeSeconds = null;
        return comment;
    }

    /** A refusal of the place names the field that said it. */
    Throwable inItsWords(Throwable failure) {
        var refusal = (Refusal) failure;
        var field = refusal.details().get("field");
        if (refusal.code() != ErrorCode.VALIDATION_FAILED || field == null) return refusal;
        var point = Point.START.contains(field) ? start : Point.END.contains(field) ? end : null;
        return point == null || point.way() == null ? refusal : refusal.with("field", point.way());
    }
}
