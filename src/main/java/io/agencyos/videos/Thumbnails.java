package io.agencyos.videos;

import java.util.Locale;

/**
 * Small pictures of a film, row by row in one large picture, each for a stretch of time.
 *
 * @param count how many
 * @param interval how many milliseconds each stands for; the last one for what is left
 * @param width pixels of each from left to right
 * @param height pixels of each from top to bottom
 * @param millis how long the film is
 */
record Thumbnails(int count, long interval, int width, int height, long millis) {

    private static final int MOST = 100;
    private static final int COLUMNS = 10;
    private static final int LONG_SIDE = 160;
    private static final long SHORTEST = 1000;

    /** Those of a film: one a second, or a hundred of a film that is longer than that. */
    static Thumbnails of(MediaFacts facts) {
        var millis = Math.max(1, facts.millis());
        var interval = Math.max(SHORTEST, (millis + MOST - 1) / MOST);
        var picture = facts.picture();
        // where the last frame begins; nothing can be seen of a stretch behind it
        var last = Math.max(
                0,
                Math.round(millis - 1000 / FrameTimes.perSecond(picture.frames().rate())));
        var scale = (double) LONG_SIDE / Math.max(picture.width(), picture.height());
        return new Thumbnails(
                Math.toIntExact(last / interval + 1),
                interval,
                even(picture.width() * scale),
                even(picture.height() * scale),
                millis);
    }

    static int even(double pixels) {
        return Math.max(2, (int) Math.round(pixels / 2) * 2);
    }

    /**
     * The filter of ffmpeg that makes the one large picture.
     *
     * @param begins when the film's first frame is shown, in seconds
     * @param toned what follows on a filter to bring down the film's tones
     */
    String filter(double begins, String toned) {
        var select = String.format(Locale.ROOT, "select='gte(t-%.6f,selected_n*%.3f)'", begins, interval / 1000.0);
        var small = ",scale=" + width + ":" + height + toned + ",setsar=1,format=yuvj420p";
        return select + small + ",tile=" + columns() + "x" + rows();
    }

    private int columns() {
        return Math.min(count, COLUMNS);
    }

    private int rows() {
        return (count + COLUMNS - 1) / COLUMNS;
    }

    /** Which part of the large picture, which is at {@code sprite}, is shown when, as WebVTT. */
    String vtt(String sprite) {
        var text = new StringBuilder("WEBVTT\n");
        for (var i = 0; i < count; i++)
            text.append('\n')
                    .append(WebVtt.time(i * interval))
                    .append(" --> ")
                    .append(WebVtt.time(i == count - 1 ? millis : (i + 1) * interval))
                    .append('\n')
                    .append(sprite)
                    .append("#xywh=" + i % COLUMNS * width + "," + i / COLUMNS * height + "," + width + "," + height)
                    .append('\n');
        return text.toString();
    }
}
