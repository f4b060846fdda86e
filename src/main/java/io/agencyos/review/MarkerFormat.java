package io.agencyos.review;

import java.util.function.Function;

import org.eclipse.microprofile.graphql.Description;

@Description("In which form comments on a film are exported")
public enum MarkerFormat {
    @Description("A table, a row for each comment and each reply (RFC 4180); text that a spreadsheet would take for a"
            + " formula has an apostrophe before it")
    CSV("csv", "text/csv", false, CsvMarkers::write),
    @Description("An edit decision list (CMX 3600) as DaVinci Resolve imports it as timeline markers; needs the frame"
            + " rate")
    EDL("edl", "text/plain", true, EdlMarkers::write),
    @Description(
            "Final Cut Pro's XML, version 1.10: a project with the film, which is looked for beside it, and to-do markers,"
                    + " done where they are settled; needs the frame rate")
    FCPXML("fcpxml", "application/xml", true, FcpxmlMarkers::write),
    @Description(
            "Final Cut Pro 7's XML, version 5, as Premiere Pro imports it: a sequence with markers; needs the frame"
                    + " rate")
    FCP7_XML("xml", "application/xml", true, Fcp7Markers::write),
    @Description("Captions for a player (WebVTT), a cue for each thread")
    WEBVTT("vtt", "text/vtt", false, WebVttMarkers::write),
    @Description("All that is known of each thread")
    JSON("json", "application/json", false, JsonMarkers::write);

    private final String extension;
    private final String contentType;
    private final boolean framed;
    private final Function<MarkedFilm, String> writer;

    MarkerFormat(String extension, String contentType, boolean framed, Function<MarkedFilm, String> writer) {
        this.extension = extension;
        this.contentType = contentType;
        this.framed = framed;
        this.writer = writer;
    }

    String extension() {
        return extension;
    }

    String contentType() {
        return contentType;
    }

    /** Whether it knows no places but frames. */
    boolean needsFrames() {
        return framed;
    }

    String write(MarkedFilm film) {
        return writer.apply(film);
    }
}
