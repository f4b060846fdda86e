package io.agencyos.review;

import javax.xml.stream.XMLStreamException;

/**
 * Comments as Premiere Pro reads them (Final Cut Pro 7's XML, xmeml 5): an empty sequence of the film's length with
 * markers. Places are frames from the film's first one; a marker's end is the frame behind its last one, -1 where it is
 * about one.
 */
final class Fcp7Markers {

    private static final int WIDTH = 1920;
    private static final int HEIGHT = 1080;

    private final MarkedFilm film;
    private final Xml xml;

    private Fcp7Markers(MarkedFilm film, Xml xml) {
        this.film = film;
        this.xml = xml;
    }

    static String write(MarkedFilm film) {
        return Xml.document("xmeml", xml -> new Fcp7Markers(film, xml)::root);
    }

    private void root() throws XMLStreamException {
        xml.element(
                "xmeml",
                new Object[] {"version", 5},
                () -> xml.element("sequence", new Object[] {"id", "comments"}, this::sequence));
    }

    private void sequence() throws XMLStreamException {
        xml.text("name", MarkerText.line(film.name()));
        xml.text("duration", film.frames());
        rate();
        xml.element("timecode", this::timecode);
        xml.element("media", () -> xml.element("video", this::video));
        for (var marker : film.markers()) xml.element("marker", () -> marker(marker));
    }

    private void rate() throws XMLStreamException {
        xml.element("rate", () -> {
            xml.text("timebase", film.rate().nominal());
            xml.text("ntsc", film.rate().den() == 1001 ? "TRUE" : "FALSE");
        });
    }

    private void timecode() throws XMLStreamException {
        rate();
        xml.text("string", film.timecode(0));
        xml.text("frame", film.timecode().startFrame());
        xml.text("displayformat", film.timecode().isDropFrame() ? "DF" : "NDF");
    }

    private void video() throws XMLStreamException {
        var known = film.width() != null && film.height() != null;
        xml.element(
                "format",
                () -> xml.element("samplecharacteristics", () -> {
                    rate();
                    xml.text("width", known ? film.width() : WIDTH);
                    xml.text("height", known ? film.height() : HEIGHT);
                }));
        xml.empty("track");
    }

    private void marker(Marker marker) throws XMLStreamException {
        xml.text("name", MarkerText.line(marker.author()));
        xml.text("comment", marker.replies().isEmpty() ? marker.text() : marker.text() + "\n" + marker.replied("\n"));
        xml.text("in", marker.frame());
        xml.text("out", marker.endFrame() == null ? -1 : marker.endFrame() + 1);
        // Premiere's numbers for its colours, alpha, blue, green, red; green is what it takes without one
        if (!marker.isSettled()) xml.text("pproColor", 0xFFFC8D42L);
    }
}
