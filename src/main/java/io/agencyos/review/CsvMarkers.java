package io.agencyos.review;

import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Comments as a table (RFC 4180), a row for each. */
final class CsvMarkers {

    /** What spreadsheets take for a formula, in the forms of East Asian keyboards as well (OWASP, CSV injection). */
    private static final Pattern FORMULA = Pattern.compile("^[=+\\-@\\t\\r\\n\\uFF1D\\uFF0B\\uFF0D\\uFF20]");

    private static final Pattern QUOTED = Pattern.compile("[\",\\r\\n]");

    private static final String HEAD = row(
            "Timecode",
            "End Timecode",
            "Frame",
            "End Frame",
            "Seconds",
            "End Seconds",
            "Author",
            "Comment",
            "Status",
            "Internal",
            "Created At",
            "Id",
            "Reply To");

    private CsvMarkers() {}

    static String write(MarkedFilm film) {
        var table = new StringBuilder(HEAD);
        for (var marker : film.markers()) {
            table.append(head(film, marker));
            for (var reply : marker.replies()) table.append(reply(film, marker, reply));
        }
        return table.toString();
    }

    private static String head(MarkedFilm film, Marker marker) {
        return row(
                film.timecode(marker.frame()),
                film.timecode(marker.endFrame()),
                marker.frame(),
                marker.endFrame(),
                marker.seconds(),
                marker.endSeconds(),
                marker.author(),
                marker.text(),
                marker.status(),
                marker.internal(),
                marker.createdAt().toInstant(),
                marker.id(),
                null);
    }

    private static String reply(MarkedFilm film, Marker marker, Marker.Reply reply) {
        return row(
                film.timecode(marker.frame()),
                null,
                marker.frame(),
                null,
                marker.seconds(),
                null,
                reply.author(),
                reply.text(),
                marker.status(),
                reply.internal(),
                reply.createdAt().toInstant(),
                reply.id(),
                reply.to());
    }

    private static String row(Object... cells) {
        return Arrays.stream(cells).map(CsvMarkers::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(Object value) {
        var text = Objects.toString(value, "");
        if (FORMULA.matcher(text).find()) text = "'" + text;
        return QUOTED.matcher(text).find() ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
