package io.agencyos.review;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLStreamException;

/**
 * Comments as Final Cut Pro reads them (FCPXML 1.10): a project whose timeline is the film, with to-do markers on it. The
 * film itself is looked for beside the file, by its name; where it is not, it is missing media, which can be linked again.
 * Times are rational numbers of seconds, exact to the frame.
 */
final class FcpxmlMarkers {

    private static final int WIDTH = 1920;
    private static final int HEIGHT = 1080;

    private final MarkedFilm film;
    private final Xml xml;

    private FcpxmlMarkers(MarkedFilm film, Xml xml) {
        this.film = film;
        this.xml = xml;
    }

    static String write(MarkedFilm film) {
        return Xml.document("fcpxml", xml -> new FcpxmlMarkers(film, xml)::root);
    }

    private void root() throws XMLStreamException {
        xml.element("fcpxml", attributes("version", "1.10"), () -> {
            xml.element("resources", () -> {
                format();
                asset();
            });
            xml.element(
                    "event",
                    attributes("name", "Comments"),
                    () -> xml.element("project", attributes("name", film.name()), this::sequence));
        });
    }

    private static Object[] attributes(Object... namesAndValues) {
        return namesAndValues;
    }

    private void format() throws XMLStreamException {
        var known = film.width() != null && film.height() != null;
        xml.empty(
                "format",
                "id",
                "r1",
                "frameDuration",
                time(1),
                "width",
                known ? film.width() : WIDTH,
                "height",
                known ? film.height() : HEIGHT);
    }

    private void asset() throws XMLStreamException {
        xml.element(
                "asset",
                attributes(
                        "id",
                        "r2",
                        "name",
                        film.name(),
                        "start",
                        time(film.timecode().startFrame()),
                        "duration",
                        time(film.frames()),
                        "hasVideo",
                        1,
                        "format",
                        "r1"),
                () -> xml.empty("media-rep", "kind", "original-media", "src", besideThisFile()));
    }

    /** A relative URL, of which all is escaped that is not plain. */
    private String besideThisFile() {
        return "./" + URLEncoder.encode(film.file(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    private void sequence() throws XMLStreamException {
        var start = time(film.timecode().startFrame());
        var duration = time(film.frames());
        var counting = film.timecode().isDropFrame() ? "DF" : "NDF";
        xml.element(
                "sequence",
                attributes("format", "r1", "duration", duration, "tcStart", start, "tcFormat", counting),
                () -> xml.element(
                        "spine",
                        () -> xml.element(
                                "asset-clip",
                                attributes(
                                        "ref",
                                        "r2",
                                        "offset",
                                        start,
                                        "name",
                                        film.name(),
                                        "start",
                                        start,
                                        "duration",
                                        duration,
                                        "format",
                                        "r1",
                                        "tcFormat",
                                        counting),
                                this::markers)));
    }

    private void markers() throws XMLStreamException {
        for (var marker : film.markers())
            xml.empty(
                    "marker",
                    "start",
                    time(film.timecode().startFrame() + marker.frame()),
                    "duration",
                    time(marker.frames()),
                    "value",
                    marker.text(),
                    "completed",
                    marker.isSettled() ? 1 : 0,
                    "note",
                    note(marker));
    }

    private static String note(Marker marker) {
        return marker.replies().isEmpty() ? marker.author() : marker.author() + "; " + marker.replied("; ");
    }

    /** How long so many frames take. */
    private String time(long frames) {
        var rate = film.rate();
        if (frames * rate.den() % rate.num() == 0) return frames * rate.den() / rate.num() + "s";
        return frames * rate.den() + "/" + rate.num() + "s";
    }
}
