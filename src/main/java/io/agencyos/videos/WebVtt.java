package io.agencyos.videos;

import java.util.Locale;

/** What all tracks in WebVTT are written with (W3C, WebVTT: The Web Video Text Tracks Format). */
public final class WebVtt {

    private WebVtt() {}

    /** A time from the film's start, given in milliseconds, with its hours: {@code 00:01:02.345}. */
    public static String time(long millis) {
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d.%03d",
                millis / 3_600_000,
                millis / 60_000 % 60,
                millis / 1000 % 60,
                millis % 1000);
    }
}
