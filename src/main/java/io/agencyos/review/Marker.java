package io.agencyos.review;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import io.agencyos.videos.FrameRate;

/**
 * A thread as other programs show it: one marker with what was said, and what was replied.
 *
 * @param frame the first frame, or null where the frame rate is not known
 * @param endFrame the last frame, or null where it is about one moment
 * @param seconds where the first frame begins
 * @param endSeconds where the last frame begins, or null
 * @param replies in the order in which they were made
 */
record Marker(
        UUID id,
        Integer frame,
        Integer endFrame,
        BigDecimal seconds,
        BigDecimal endSeconds,
        String author,
        String text,
        TimecodeCommentStatus status,
        boolean internal,
        OffsetDateTime createdAt,
        List<Reply> replies) {

    /** @param to the comment that it answers, which need not be there any more */
    record Reply(UUID id, UUID to, String author, String text, boolean internal, OffsetDateTime createdAt) {}

    private static final int MILLIS = 3;

    /** @param rate null while it is not known */
    static Marker of(TimecodeComment head, List<TimecodeComment> replies, FrameRate rate) {
        return new Marker(
                head.id,
                frame(head.frame, head.timecodeSeconds, rate),
                frame(head.endFrame, head.endTimecodeSeconds, rate),
                exact(head.timecodeSeconds),
                exact(head.endTimecodeSeconds),
                author(head),
                head.content,
                head.status,
                head.isInternal,
                head.createdAt,
                replies.stream().map(Marker::reply).toList());
    }

    /** Rows that were loaded past the triggers may have seconds alone. */
    private static Integer frame(Integer frame, Double seconds, FrameRate rate) {
        if (frame != null || seconds == null || rate == null) return frame;
        return Math.toIntExact(rate.frameAt(Math.round(seconds * 1000)));
    }

    private static Reply reply(TimecodeComment comment) {
        return new Reply(
                comment.id,
                comment.parentCommentId,
                author(comment),
                comment.content,
                comment.isInternal,
                comment.createdAt);
    }

    private static String author(TimecodeComment comment) {
        return comment.authorName == null ? "Somebody" : comment.authorName;
    }

    private static BigDecimal exact(Double seconds) {
        return seconds == null ? null : BigDecimal.valueOf(Math.round(seconds * 1000), MILLIS);
    }

    /** How many frames it is about. */
    int frames() {
        return endFrame == null ? 1 : endFrame - frame + 1;
    }

    /** Whether nobody has to see to it any more. */
    boolean isSettled() {
        return status != TimecodeCommentStatus.ACTIVE;
    }

    /** What was replied, each with its author, between {@code separator}s. */
    String replied(String separator) {
        return String.join(
                separator,
                replies.stream()
                        .map(reply -> reply.author() + ": " + reply.text())
                        .toList());
    }
}
