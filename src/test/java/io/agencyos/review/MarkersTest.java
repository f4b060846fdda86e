package io.agencyos.review;

import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;

import io.agencyos.testing.NodeScript;
import io.agencyos.videos.FrameRate;
import io.agencyos.videos.VideoVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What is exported is read back by others: every place exact, every text whole, none of it taken for something else. */
class MarkersTest {

    /** Whatever somebody might type, or paste, to make a format say something else. */
    static final List<String> HOSTILE = List.of(
            "=HYPERLINK(\"http://x\",\"y\")",
            "+1+1",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "＝1",
            "a,b;c",
            "she said \"no\"",
            "two\nlines",
            "two\r\n\r\nparagraphs\r",
            "x |C:ResolveColorRed |M:other |D:99",
            "001  001      V     C        00:00:00:00 00:00:00:01 00:00:00:00 00:00:00:01",
            "TITLE: other",
            "00:00:00.000 --> 00:00:09.000\n\nWEBVTT",
            "<v Nobody>me</v> <i>&amp; & &lt;",
            "]]> <!-- ' \" -->",
            "bell \u0007, escape \u001b[31m, no characters \uFFFE\uFFFF",
            "\u2028line\u2029paragraph\u0085next",
            "👩🏽‍🎨 日本 é עברית",
            "\\n \\\" %n %s ${x} {0}");

    private final UUID head = UUID.randomUUID();
    private final List<TimecodeComment> comments = new ArrayList<>();
    private final VideoVersion version = version(24_000, 1001);

    private static VideoVersion version(int num, int den) {
        var version = new VideoVersion();
        version.id = UUID.randomUUID();
        version.versionNumber = 3;
        version.frameRateNum = num;
        version.frameRateDen = den;
        version.startTimecode = "01:00:00:00";
        version.durationSeconds = 60.06;
        version.width = 1080;
        version.height = 1920;
        return version;
    }

    // csv ----------------------------------------------------------------------------------------------------------

    @Test
    void aTableHasARowForEachCommentAndReply() {
        aThread();
        assertEquals(
                "Timecode,End Timecode,Frame,End Frame,Seconds,End Seconds,Author,Comment,Status,Internal,Created At,Id,"
                        + "Reply To\r\n"
                        + "01:00:02:01,01:00:03:00,49,72,2.044,3.003,Bob Baker,Too loud,RESOLVED,false,"
                        + "2026-01-31T09:00:00Z," + head + ",\r\n"
                        + "01:00:02:01,,49,,2.044,,Dana Dorn,\"No, it is not\",RESOLVED,false,2026-01-31T09:00:01Z,"
                        + comments.get(1).id + "," + head + "\r\n",
                MarkerFormat.CSV.write(film()));
    }

    // edl ----------------------------------------------------------------------------------------------------------

    @Test
    void aListForResolveHasAnEventAndALineOfPropertiesForEachThread() {
        aThread();
        comment("Nice", 100, null);
        assertEquals("""
                TITLE: Spot v3
                FCM: NON-DROP FRAME

                001  001      V     C        01:00:02:01 01:00:02:02 01:00:02:01 01:00:02:02
                By Bob Baker; Dana Dorn: No, it is not |C:ResolveColorGreen |M:Too loud |D:24

                002  001      V     C        01:00:04:04 01:00:04:05 01:00:04:04 01:00:04:05
                By Bob Baker |C:ResolveColorBlue |M:Nice |D:1

                """, MarkerFormat.EDL.write(film()));
    }

    @Test
    void aDropFrameListSaysSoAndLeavesOutNumbers() {
        version.frameRateNum = 30_000;
        version.startTimecode = "01:00:00;00";
        version.durationSeconds = 600.0;
        comment("Here", 1799, 1800);
        var list = MarkerFormat.EDL.write(film());
        assertTrue(list.contains("FCM: DROP FRAME"), list);
        assertTrue(list.contains(" 01:00:59;29 01:01:00;02 01:00:59;29 01:01:00;02\n"), list);
        assertTrue(list.contains(" |D:2\n"), list);
    }

    @Test
    void noTextOfAListIsTakenForAnEventOrAProperty() {
        hostileThreads();
        var event = Pattern.compile("(\\d{3})  001      V     C        (\\d\\d:\\d\\d:\\d\\d:\\d\\d) .*");
        var properties = Pattern.compile("By [^|]* \\|C:ResolveColorBlue \\|M:([^|]*) \\|D:1");
        var lines = MarkerFormat.EDL.write(film()).lines().toList();
        assertEquals(2 + HOSTILE.size() * 3, lines.size() - 1, () -> String.join("\n", lines));
        for (var i = 0; i < HOSTILE.size(); i++) {
            var found = event.matcher(lines.get(3 + 3 * i));
            assertTrue(found.matches(), lines.get(3 + 3 * i));
            assertEquals(i + 1, Integer.parseInt(found.group(1)));
            var text = properties.matcher(lines.get(4 + 3 * i));
            assertTrue(text.matches(), lines.get(4 + 3 * i));
            assertEquals("", lines.get(5 + 3 * i));
        }
    }

    // fcpxml -------------------------------------------------------------------------------------------------------

    @Test
    void aProjectForFinalCutHasItsMarkersAtExactTimes() throws Exception {
        aThread();
        comment("Nice", 100, null);
        var document = parsed(MarkerFormat.FCPXML.write(film()));
        assertEquals("fcpxml", document.getDoctype().getName());
        var root = document.getDocumentElement();
        assertEquals("1.10", root.getAttribute("version"));
        var format = only(only(root, "resources"), "format");
        assertEquals("1001/24000s", format.getAttribute("frameDuration"));
        assertEquals("1080 1920", format.getAttribute("width") + " " + format.getAttribute("height"));
        var project = only(only(root, "event"), "project");
        assertEquals("Spot v3", project.getAttribute("name"));
        var sequence = only(project, "sequence");
        assertEquals(format.getAttribute("id"), sequence.getAttribute("format"));
        assertEquals("NDF", sequence.getAttribute("tcFormat"));
        // 01:00:00:00 at 23.976 is 86400 frames, 3603.6 seconds
        assertSeconds(86_400, sequence.getAttribute("tcStart"));
        assertSeconds(1440, sequence.getAttribute("duration"));
        var clip = only(only(sequence, "spine"), "asset-clip");
        assertEquals(sequence.getAttribute("tcStart"), clip.getAttribute("start"));
        assertEquals(sequence.getAttribute("tcStart"), clip.getAttribute("offset"));
        assertEquals(sequence.getAttribute("duration"), clip.getAttribute("duration"));
        var markers = children(clip);
        assertEquals(2, markers.size());
        assertMarker(markers.get(0), 49, 24, "Too loud", "1", "Bob Baker; Dana Dorn: No, it is not");
        assertMarker(markers.get(1), 100, 1, "Nice", "0", "Bob Baker");
    }

    @Test
    void theFilmOfTheProjectIsNamedWithItsFormatAndItsTimes() throws Exception {
        version.filePath = "work/x/y/Spot 100% \"é\".mov";
        var root = parsed(MarkerFormat.FCPXML.write(film())).getDocumentElement();
        var resources = only(root, "resources");
        var asset = only(resources, "asset");
        assertEquals("Spot v3", asset.getAttribute("name"));
        assertEquals(only(resources, "format").getAttribute("id"), asset.getAttribute("format"));
        assertSeconds(86_400, asset.getAttribute("start"));
        assertSeconds(1440, asset.getAttribute("duration"));
        assertEquals(
                "./Spot%20100%25%20%22%C3%A9%22.mov", only(asset, "media-rep").getAttribute("src"));
        var clip = (Element) root.getElementsByTagName("asset-clip").item(0);
        assertEquals(asset.getAttribute("id"), clip.getAttribute("ref"));
        assertEquals("NDF", clip.getAttribute("tcFormat"));
    }

    @ParameterizedTest
    @CsvSource({
        "demo/launch.mp4, ./launch.mp4",
        "https://x.example/a/b.mov?signature=a/b, ./b.mov",
        ", ./Spot.mov",
        "https://x.example/, ./Spot.mov"
    })
    void aFilmThatLiesElsewhereIsNamedAsWellAsItCanBe(String url, String source) throws Exception {
        version.fileUrl = url;
        var media = parsed(MarkerFormat.FCPXML.write(film())).getElementsByTagName("media-rep");
        assertEquals(source, ((Element) media.item(0)).getAttribute("src"));
    }

    private static void assertMarker(Element marker, int frame, int frames, String text, String done, String note) {
        assertEquals("marker", marker.getTagName());
        assertSeconds(86_400 + frame, marker.getAttribute("start"));
        assertSeconds(frames, marker.getAttribute("duration"));
        assertEquals(text, marker.getAttribute("value"));
        assertEquals(done, marker.getAttribute("completed"));
        assertEquals(note, marker.getAttribute("note"));
    }

    /** A rational number of seconds is exactly so many frames at 23.976. */
    private static void assertSeconds(long frames, String time) {
        assertTrue(time.matches("\\d+(/\\d+)?s"), time);
        var parts = time.replace("s", "").split("/");
        var den = parts.length == 1 ? 1 : Long.parseLong(parts[1]);
        assertEquals(frames * 1001 * den, Long.parseLong(parts[0]) * 24_000, time);
    }

    @Test
    void aDropFrameProjectSaysSo() throws Exception {
        version.frameRateNum = 30_000;
        version.startTimecode = "01:00:00;00";
        var sequence = (Element) parsed(MarkerFormat.FCPXML.write(film()))
                .getElementsByTagName("sequence")
                .item(0);
        assertEquals("DF", sequence.getAttribute("tcFormat"));
        // an hour of drop-frame timecode is 107892 frames
        assertEquals("107999892/30000s", sequence.getAttribute("tcStart"));
    }

    // xmeml --------------------------------------------------------------------------------------------------------

    @Test
    void aSequenceForPremiereHasItsMarkersInFrames() throws Exception {
        aThread();
        comment("Nice", 100, null);
        var document = parsed(MarkerFormat.FCP7_XML.write(film()));
        assertEquals("xmeml", document.getDoctype().getName());
        assertEquals("5", document.getDocumentElement().getAttribute("version"));
        var sequence = only(document.getDocumentElement(), "sequence");
        assertEquals("Spot v3", text(sequence, "name"));
        assertEquals("1440", text(sequence, "duration"));
        assertEquals("24TRUE", only(sequence, "rate").getTextContent());
        var timecode = only(sequence, "timecode");
        assertEquals("01:00:00:00", text(timecode, "string"));
        assertEquals("86400", text(timecode, "frame"));
        assertEquals("NDF", text(timecode, "displayformat"));
        var markers = children(sequence).stream()
                .filter(child -> child.getTagName().equals("marker"))
                .toList();
        assertEquals(List.of("49", "73"), List.of(text(markers.get(0), "in"), text(markers.get(0), "out")));
        assertEquals("Too loud\nDana Dorn: No, it is not", text(markers.get(0), "comment"));
        assertEquals(0, markers.get(0).getElementsByTagName("pproColor").getLength());
        assertEquals(List.of("100", "-1"), List.of(text(markers.get(1), "in"), text(markers.get(1), "out")));
        assertEquals("Bob Baker", text(markers.get(1), "name"));
        assertEquals("4294741314", text(markers.get(1), "pproColor"));
    }

    @ParameterizedTest
    @CsvSource({"24000, 1001, 24, TRUE", "25, 1, 25, FALSE", "60000, 1001, 60, TRUE", "30, 1, 30, FALSE"})
    void aSequenceHasItsTimebase(int num, int den, String timebase, String ntsc) throws Exception {
        version.frameRateNum = num;
        version.frameRateDen = den;
        var rate = (Element) parsed(MarkerFormat.FCP7_XML.write(film()))
                .getElementsByTagName("rate")
                .item(0);
        assertEquals(timebase, text(rate, "timebase"));
        assertEquals(ntsc, text(rate, "ntsc"));
    }

    @Test
    void everyTextComesThroughXmlButForWhatXmlHasNoPlaceFor() throws Exception {
        hostileThreads();
        var premiere = parsed(MarkerFormat.FCP7_XML.write(film())).getElementsByTagName("comment");
        var finalCut = parsed(MarkerFormat.FCPXML.write(film())).getElementsByTagName("marker");
        for (var i = 0; i < HOSTILE.size(); i++) {
            var allowed = HOSTILE.get(i).replaceAll("[\u0007\u001b\uFFFE\uFFFF]", "\uFFFD");
            // XML reads every line break as one character
            assertEquals(allowed.replaceAll("\r\n?", "\n"), premiere.item(i).getTextContent());
            var value = ((Element) finalCut.item(i)).getAttribute("value");
            assertEquals(MarkerText.line(HOSTILE.get(i)).replaceAll("[\uFFFE\uFFFF]", "\uFFFD"), value);
        }
    }

    // json ---------------------------------------------------------------------------------------------------------

    @Test
    void jsonTellsAll() {
        aThread();
        comment("=1", 100, null).isInternal = true;
        var json = new JsonObject(MarkerFormat.JSON.write(film()));
        assertEquals(
                new JsonObject()
                        .put("videoVersionId", version.id.toString())
                        .put("title", "Spot")
                        .put("version", "v3")
                        .put("durationSeconds", 60.06)
                        .put("frameRate", "24000/1001")
                        .put("startTimecode", "01:00:00:00")
                        .put("dropFrame", false),
                json.getJsonObject("film"));
        var first = json.getJsonArray("comments").getJsonObject(0);
        assertEquals("01:00:02:01", first.getString("timecode"));
        assertEquals("01:00:03:00", first.getString("endTimecode"));
        assertEquals(49, first.getInteger("frame"));
        assertEquals(72, first.getInteger("endFrame"));
        assertEquals(2.044, first.getDouble("seconds"));
        assertEquals("RESOLVED", first.getString("status"));
        var reply = first.getJsonArray("replies").getJsonObject(0);
        assertEquals("No, it is not", reply.getString("text"));
        assertEquals(head.toString(), reply.getString("replyTo"));
        var second = json.getJsonArray("comments").getJsonObject(1);
        assertTrue(second.getBoolean("internal"));
        assertEquals("=1", second.getString("text"));
        assertNull(second.getValue("endFrame"));
    }

    @Test
    void jsonKeepsEveryText() {
        hostileThreads();
        var texts = new JsonObject(MarkerFormat.JSON.write(film()))
                .getJsonArray("comments").stream()
                        .map(comment -> ((JsonObject) comment).getString("text"))
                        .toList();
        assertEquals(HOSTILE, texts);
    }

    // by parsers of npm --------------------------------------------------------------------------------------------

    @Test
    void othersReadTheTableAndTheCaptions() throws Exception {
        hostileThreads();
        aThread();
        var folder = Files.createDirectories(Path.of("target", "markers")).toAbsolutePath();
        for (var format : MarkerFormat.values())
            Files.writeString(folder.resolve("comments." + format.extension()), format.write(film()));
        Files.writeString(folder.resolve("texts.json"), new JsonArray(HOSTILE).encode());
        NodeScript.run("markers.test.mjs", Map.of("MARKERS", folder.toString()));
    }

    @Test
    void othersReadTheTimecodesOfTheList() throws Exception {
        var folder = Files.createDirectories(Path.of("target", "lists")).toAbsolutePath();
        var cases = new JsonArray();
        for (var rate : List.of("24000/1001", "24/1", "25/1", "30000/1001", "30/1", "50/1", "60000/1001", "60/1"))
            for (var start : List.of("01:00:00:00", "00:58:59:10", "01:00:00;00", "00:58:59;10"))
                if (start.indexOf(';') < 0 || rate.matches("[36]0000/1001")) cases.add(list(folder, rate, start));
        Files.writeString(folder.resolve("cases.json"), cases.encode());
        NodeScript.run("lists.test.mjs", Map.of("LISTS", folder.toString()));
    }

    /** Writes the list of a film with markers about where numbers are left out. */
    private JsonObject list(Path folder, String rate, String start) throws Exception {
        var parts = rate.split("/");
        version.frameRateNum = Integer.valueOf(parts[0]);
        version.frameRateDen = Integer.valueOf(parts[1]);
        version.startTimecode = start;
        version.durationSeconds = 7_200.0;
        comments.clear();
        var minute = FrameRate.of(version).nominal() * 60;
        var frames = new ArrayList<Integer>();
        for (var at : List.of(0, minute, 10 * minute, 60 * minute))
            for (var frame = Math.max(0, at - 80); frame < at + 5; frame++) frames.add(frame);
        frames.forEach(frame -> comment("x", frame, frame % 2 == 0 ? null : frame + 9));
        var name = (rate + " " + start).replaceAll("[/:]", "-") + ".edl";
        Files.writeString(folder.resolve(name), MarkerFormat.EDL.write(film()));
        return new JsonObject()
                .put("file", name)
                .put("rate", new JsonArray().add(version.frameRateNum).add(version.frameRateDen))
                .put("drop", start.indexOf(';') > 0)
                .put("start", start)
                .put("frames", new JsonArray(frames));
    }

    // threads ------------------------------------------------------------------------------------------------------

    @Test
    void whatWasRemovedIsLeftOutAndItsFirstReplyHeadsTheThread() {
        aThread();
        comments.get(0).status = TimecodeCommentStatus.DELETED;
        comments.get(0).content = "";
        for (var format : MarkerFormat.values()) {
            var text = format.write(film());
            assertFalse(text.contains("Bob Baker"), text);
            assertTrue(text.contains("No, it is not"), text);
        }
        assertEquals(49, film().markers().get(0).frame());
    }

    @Test
    void whatHasSecondsAloneStandsOnTheNearestFrame() {
        var comment = comment("loaded", null, null);
        comment.timecodeSeconds = 2.05;
        comment.endTimecodeSeconds = 3.0;
        assertTrue(
                MarkerFormat.EDL.write(film()).contains(" 01:00:02:01 01:00:02:02 "), MarkerFormat.EDL.write(film()));
        assertEquals(72, film().markers().get(0).endFrame());
    }

    @Test
    void markersComeAsTheFilmRuns() {
        comment("late", 300, null);
        comment("early", 2, null);
        assertEquals(
                List.of("early", "late"),
                film().markers().stream().map(Marker::text).toList());
    }

    @ParameterizedTest
    @EnumSource
    void digitsAreTheSameWhereverItRuns(MarkerFormat format) {
        aThread();
        var written = format.write(film());
        var before = Locale.getDefault(Locale.Category.FORMAT);
        Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("ar-EG"));
        try {
            assertEquals(written, format.write(film()));
        } finally {
            Locale.setDefault(Locale.Category.FORMAT, before);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CSV", "WEBVTT", "JSON"})
    void aFilmWithoutARateHasItsSeconds(MarkerFormat format) {
        version.frameRateNum = null;
        version.frameRateDen = null;
        comment("Louder", null, null).timecodeSeconds = 3661.5;
        var text = format.write(film());
        assertTrue(Stream.of("3661.500", "01:01:01.500").anyMatch(text::contains), text);
        assertFalse(text.contains("01:00:00:00"), text);
    }

    @ParameterizedTest
    @EnumSource
    void aFilmWithoutCommentsIsAnEmptyList(MarkerFormat format) throws Exception {
        version.durationSeconds = null;
        version.width = null;
        var text = format.write(film());
        assertFalse(text.isEmpty());
        if (text.startsWith("<?xml")) parsed(text);
    }

    private void hostileThreads() {
        for (var i = 0; i < HOSTILE.size(); i++) comment(HOSTILE.get(i), 1000 + i, null).authorName = HOSTILE.get(i);
    }

    private void aThread() {
        var first = comment("Too loud", 49, 72);
        first.id = head;
        first.status = TimecodeCommentStatus.RESOLVED;
        var reply = comment("No, it is not", 49, null);
        reply.createdAt = first.createdAt.plusSeconds(1);
        reply.parentCommentId = head;
        reply.threadRootId = head;
        reply.authorName = "Dana Dorn";
    }

    private TimecodeComment comment(String text, Integer frame, Integer endFrame) {
        var comment = new TimecodeComment();
        comment.id = UUID.randomUUID();
        comment.content = text;
        comment.authorName = "Bob Baker";
        comment.status = TimecodeCommentStatus.ACTIVE;
        comment.isInternal = false;
        comment.createdAt = OffsetDateTime.parse("2026-01-31T10:00:00+01:00");
        comment.frame = frame;
        comment.endFrame = endFrame;
        if (frame != null) comment.timecodeSeconds = seconds(frame);
        if (endFrame != null) comment.endTimecodeSeconds = seconds(endFrame);
        comments.add(comment);
        return comment;
    }

    private double seconds(int frame) {
        return BigDecimal.valueOf(FrameRate.of(version).millis(frame), 3).doubleValue();
    }

    private MarkedFilm film() {
        return MarkedFilm.of("Spot", version, comments, marker -> true);
    }

    private static Document parsed(String xml) throws Exception {
        var factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static Element only(Element parent, String name) {
        var found = children(parent).stream()
                .filter(child -> child.getTagName().equals(name))
                .toList();
        assertEquals(1, found.size(), name);
        return found.get(0);
    }

    private static String text(Element parent, String name) {
        return only(parent, name).getTextContent();
    }

    private static List<Element> children(Element parent) {
        var children = new ArrayList<Element>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling())
            if (child instanceof Element element) children.add(element);
        return children;
    }
}
