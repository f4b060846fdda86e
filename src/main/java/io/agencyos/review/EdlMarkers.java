package io.agencyos.review;

import java.util.Locale;

/**
 * Comments as DaVinci Resolve writes and reads its timeline markers: a CMX 3600 list whose events are one frame long,
 * each with a line {@code note |C:colour |M:name |D:frames}. A note that began with a digit would be taken for an event.
 */
final class EdlMarkers {

    private EdlMarkers() {}

    static String write(MarkedFilm film) {
        var list = new StringBuilder("TITLE: " + plain(film.name()) + "\n");
        list.append(film.timecode().isDropFrame() ? "FCM: DROP FRAME\n\n" : "FCM: NON-DROP FRAME\n\n");
        var number = 0;
        for (var marker : film.markers()) list.append(event(film, marker, ++number));
        return list.toString();
    }

    private static String event(MarkedFilm film, Marker marker, int number) {
        var from = film.timecode(marker.frame());
        var to = film.timecode(marker.frame() + 1);
        return String.format(Locale.ROOT, "%03d  001      V     C        %s %s %s %s\n", number, from, to, from, to)
                + plain(note(marker)) + " |C:" + colour(marker) + " |M:" + plain(marker.text()) + " |D:"
                + marker.frames() + "\n\n";
    }

    private static String note(Marker marker) {
        var by = "By " + marker.author();
        return marker.replies().isEmpty() ? by : by + "; " + marker.replied("; ");
    }

    private static String colour(Marker marker) {
        return switch (marker.status()) {
            case ACTIVE -> "ResolveColorBlue";
            case RESOLVED -> "ResolveColorGreen";
            default -> "ResolveColorCream";
        };
    }

    /** A bar begins a property. */
    private static String plain(String text) {
        return MarkerText.line(text).replace('|', '/');
    }
}
