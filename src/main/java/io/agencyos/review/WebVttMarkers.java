package io.agencyos.review;

import java.math.BigDecimal;
import java.util.regex.Pattern;

import io.agencyos.videos.WebVtt;

/** Comments as captions (WebVTT), a cue for each thread. Times are those of the film, from 0. */
final class WebVttMarkers {

    /** For how long a comment on one moment can be read, in milliseconds. */
    private static final long READABLE = 2_000;

    private static final Pattern ARROW = Pattern.compile("-{2,}>");

    private WebVttMarkers() {}

    static String write(MarkedFilm film) {
        var name = ARROW.matcher(MarkerText.line(film.name())).replaceAll("->");
        var captions = new StringBuilder("WEBVTT\n\nNOTE Comments on " + name + "\n");
        for (var marker : film.markers()) captions.append(cue(film, marker));
        return captions.toString();
    }

    private static String cue(MarkedFilm film, Marker marker) {
        var cue = new StringBuilder("\n" + marker.id() + "\n");
        cue.append(WebVtt.time(millis(marker.seconds())) + " --> " + WebVtt.time(end(film, marker)) + "\n");
        if (marker.frame() != null && film.timecode() != null)
            cue.append(film.timecode(marker.frame())).append('\n');
        cue.append(voice(marker.author(), marker.text()));
        for (var reply : marker.replies()) cue.append(voice(reply.author(), reply.text()));
        return cue.toString();
    }

    /** A range ends where its last frame does. */
    private static long end(MarkedFilm film, Marker marker) {
        var start = millis(marker.seconds());
        if (marker.endSeconds() == null) return start + READABLE;
        if (marker.endFrame() != null && film.timecode() != null)
            return film.rate().millis(marker.endFrame() + 1L);
        return Math.max(millis(marker.endSeconds()), start + 1);
    }

    private static long millis(BigDecimal seconds) {
        return seconds.movePointRight(3).longValue();
    }

    private static String voice(String author, String text) {
        return "<v " + escaped(MarkerText.line(author)) + ">" + escaped(lines(text)) + "</v>\n";
    }

    /** A blank line would end the cue. */
    private static String lines(String text) {
        return text.strip().replaceAll("[ \\t]*(\\R[ \\t]*)+", "\n").replace("\0", "\uFFFD");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
