package io.agencyos.review;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.agencyos.videos.FrameRate;
import io.agencyos.videos.Timecode;
import io.agencyos.videos.VideoVersion;

/**
 * One version of a film and the threads on it as markers, in the order of the film.
 *
 * @param file what the film's file is called
 * @param timecode null while the frame rate is not known
 * @param seconds how long it is, or null
 */
record MarkedFilm(
        UUID versionId,
        String title,
        String version,
        String file,
        Timecode timecode,
        BigDecimal seconds,
        Integer width,
        Integer height,
        List<Marker> markers) {

    private static final Comparator<TimecodeComment> AS_SAID = Comparator.<TimecodeComment, Instant>comparing(
                    comment -> comment.createdAt.toInstant())
            .thenComparing(comment -> comment.id);
    private static final Comparator<Marker> AS_THE_FILM_RUNS = Comparator.comparing(Marker::seconds)
            .thenComparing(marker -> marker.createdAt().toInstant())
            .thenComparing(Marker::id);

    /**
     * The threads of {@code comments}. What was removed is left out; where that was a head, the first reply is one.
     *
     * @param kept which comments are of interest
     */
    static MarkedFilm of(String title, VideoVersion version, List<TimecodeComment> comments, Predicate<Marker> kept) {
        var rate = FrameRate.of(version);
        var threads = comments.stream()
                .filter(comment -> comment.status != TimecodeCommentStatus.DELETED)
                .sorted(AS_SAID)
                .collect(
                        Collectors.groupingBy(comment -> Objects.requireNonNullElse(comment.threadRootId, comment.id)));
        var markers = threads.values().stream()
                .map(thread -> Marker.of(thread.get(0), thread.subList(1, thread.size()), rate))
                .filter(kept)
                .sorted(AS_THE_FILM_RUNS)
                .toList();
        return new MarkedFilm(
                version.id,
                title,
                version.versionLabel == null ? "v" + version.versionNumber : version.versionLabel,
                file(title, version),
                Timecode.of(version),
                version.durationSeconds == null ? null : BigDecimal.valueOf(version.durationSeconds),
                version.width,
                version.height,
                markers);
    }

    private static String file(String title, VideoVersion version) {
        var known = version.filePath == null ? version.fileUrl : version.filePath;
        var name = known == null ? "" : known.replaceAll("[?#].*", "").replaceAll(".*[/\\\\]", "");
        return name.isBlank() ? MarkerText.line(title).replaceAll("[/\\\\:]", " ") + ".mov" : name;
    }

    FrameRate rate() {
        return timecode.rate();
    }

    /** The film's title with that of the version. */
    String name() {
        return title + " " + version;
    }

    /** How many frames it has, as far as that is known. */
    long frames() {
        var marked = markers.stream()
                .mapToLong(marker -> marker.frame() + marker.frames())
                .max()
                .orElse(1);
        if (seconds == null) return marked;
        return Math.max(marked, rate().framesIn(seconds.movePointRight(3).longValue()));
    }

    /** The timecode of a frame, or null where there are none. */
    String timecode(Integer frame) {
        return timecode == null || frame == null ? null : timecode.text(frame);
    }
}
