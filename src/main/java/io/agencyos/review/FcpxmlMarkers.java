package io.agencyos.review;

import javax.xml.stream.XMLStreamException;

/**
 * Comments as Final Cut Pro reads them (FCPXML 1.10): a project whose timeline is one gap of the film's length with
 * to-do markers, from which they can be copied onto the film. Times are rational numbers of seconds, exact to the frame.
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
            xml.element("resources", this::format);
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
                                "gap",
                                attributes("name", "Gap", "offset", start, "start", start, "duration", duration),
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
