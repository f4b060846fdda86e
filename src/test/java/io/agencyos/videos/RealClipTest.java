package io.agencyos.videos;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Await;
import io.agencyos.testing.Person;
import io.agencyos.testing.Sending;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Films as cameras, phones and studios make them, by nothing but GraphQL and HTTP, as a browser would do it. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
@WithFfmpeg
class RealClipTest {

    private static final int PART = 5 << 20;
    private static final String VIDEO =
            "mutation($request: ID!) { createVideoAsset(input: {projectId: $request, title: \"Spot\"}) { id } }";
    private static final String BECAME = "query($id: ID!) { upload(id: $id) { videoVersion { id versionNumber } } }";
    private static final String READ = "query($id: ID!) { videoVersion(id: $id) { processingStatus processingError"
            + " progress durationSeconds frameRateNum frameRateDen frameCount variableFrameRate width height"
            + " startTimecode dropFrame codec fileUrl proxyUrl posterUrl thumbnailsSpriteUrl thumbnailsVttUrl"
            + " stillUrl(frame: 0) } }";
    private static final String COMMENT = "mutation($input: CreateTimecodeCommentInput!) {"
            + " createTimecodeComment(input: $input) { id frame timecode timecodeSeconds stillUrl } }";
    private static final String COMMENT_READ =
            "query($id: ID!) { timecodeComment(id: $id) { frame timecode timecodeSeconds stillUrl } }";

    private final Path folder = Clips.folder();
    private final Person maker = Work.user();
    private String video;

    @BeforeEach
    void aVideo() {
        video = maker.get(VIDEO, Work.map("request", Work.request(maker)))
                .getJsonObject("createVideoAsset")
                .getString("id");
    }

    @ParameterizedTest
    @EnumSource
    void aCommentShowsTheVeryFrameThatItIsAbout(RealClip clip) throws Exception {
        var id = sentInParts(Files.readAllBytes(clip.make(folder)), clip.filename, clip.contentType);
        var version = processed(id);
        assertEquals(clip.rate, rate(version).toString());
        assertEquals(clip == RealClip.UNEVEN, version.getBoolean("variableFrameRate"));
        assertEquals(clip.width + "x" + clip.height, size(version));
        assertEquals(clip.startTimecode, version.getString("startTimecode"));
        assertEquals(clip.dropFrame, version.getBoolean("dropFrame"));
        assertEquals("h264", version.getString("codec"));
        if (clip.frames > 0) assertLength(clip.frames, version);
        else assertCopied(clip, version);
        assertPoster(clip, version);
        assertThumbnails(clip, version);
        assertComments(clip, id, version);
    }

    private static void assertLength(int frames, JsonObject version) {
        assertEquals(frames, version.getInteger("frameCount"));
        assertEquals(rate(version).millis(frames) / 1000.0, version.getDouble("durationSeconds"), 0.001);
    }

    /** Frames that do not follow one another evenly have no numbers; those that people see in the copy do. */
    private void assertCopied(RealClip clip, JsonObject version) throws IOException {
        var pictures = Clips.folder();
        var proxy = Files.write(folder.resolve("proxy.mp4"), bytes(version.getString("proxyUrl")));
        Clips.make(pictures, "%04d.png", List.of("-i", proxy.toString(), "-fps_mode", "passthrough"));
        try (var all = Files.list(pictures)) {
            assertEquals((long) version.getInteger("frameCount"), all.count());
        }
        for (var frame : frames(version))
            assertEquals(
                    clip.shown().applyAsInt(frame),
                    Clips.number(pictures.resolve(String.format("%04d.png", frame + 1))));
    }

    private static void assertPoster(RealClip clip, JsonObject version) {
        var poster = picture(version.getString("posterUrl"));
        assertEquals(clip.width + "x" + clip.height, poster.getWidth() + "x" + poster.getHeight());
        assertTrue(Clips.number(poster) > 0, "The poster is not the first frame");
    }

    private static void assertThumbnails(RealClip clip, JsonObject version) {
        var sprite = picture(version.getString("thumbnailsSpriteUrl"));
        var list = new String(bytes(version.getString("thumbnailsVttUrl")), StandardCharsets.UTF_8);
        var boxes = list.lines().filter(line -> line.contains("#xywh=")).toList();
        var begins = (version.getInteger("frameCount") - 1) / perSecond(version);
        assertEquals((int) begins + 1, boxes.size(), list);
        assertEquals(version.getDouble("durationSeconds"), end(list), 0.001);
        for (var second = 0; second < boxes.size(); second++) {
            var box = Stream.of(boxes.get(second).replaceAll(".*#xywh=", "").split(","))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            var cell = sprite.getSubimage(box[0], box[1], box[2], box[3]);
            assertEquals(clip.width > clip.height, cell.getWidth() > cell.getHeight());
            if (clip != RealClip.UNEVEN)
                assertEquals((int) Math.ceil(second * perSecond(version) - 0.001), Clips.number(cell));
        }
    }

    /** When the last thumbnail is over, in seconds. */
    private static double end(String list) {
        var time = list.substring(list.lastIndexOf("--> 00:00:") + 10).lines().findFirst();
        return Double.parseDouble(time.orElseThrow());
    }

    private void assertComments(RealClip clip, String id, JsonObject version) {
        for (var frame : frames(version)) {
            var comment = comment(id, "frame", frame);
            assertPlace(clip, version, frame, comment);
            if (frame == 0) continue;
            assertEquals(
                    frame,
                    comment(id, "timecode", comment.getString("timecode")).getInteger("frame"));
            assertEquals(
                    frame,
                    comment(id, "timecodeSeconds", comment.getDouble("timecodeSeconds"))
                            .getInteger("frame"));
        }
        var behind = comment(id, "frame", version.getInteger("frameCount") - 1);
        assertNotNull(behind.getString("stillUrl"));
    }

    private static void assertPlace(RealClip clip, JsonObject version, int frame, JsonObject comment) {
        assertEquals(frame, comment.getInteger("frame"));
        assertEquals(timecode(clip, frame), comment.getString("timecode"));
        assertEquals(frame / perSecond(version), comment.getDouble("timecodeSeconds"), 0.0006);
        var still = picture(comment.getString("stillUrl"));
        assertEquals(clip.width + "x" + clip.height, still.getWidth() + "x" + still.getHeight());
        assertEquals(clip.shown().applyAsInt(frame), Clips.number(still), () -> clip + " " + frame);
    }

    private static List<Integer> frames(JsonObject version) {
        var count = version.getInteger("frameCount");
        return List.of(0, 1, 29, count / 2 + 3, count - 1);
    }

    /** By hand, as it is written on slates: only television leaves out two numbers, at its first full minute. */
    private static String timecode(RealClip clip, int frame) {
        return switch (clip) {
            case TELEVISION ->
                frame < 60
                        ? String.format("01:00:%02d;%02d", 58 + frame / 30, frame % 30)
                        : String.format("01:01:%02d;%02d", (frame - 58) / 30, (frame - 58) % 30);
            case FAST -> String.format("10:00:%02d:%02d", frame / 60, frame % 60);
            case PHONE -> String.format("00:00:%02d:%02d", frame / 30, frame % 30);
            case UNEVEN -> String.format("00:00:%02d:%02d", frame / 25, frame % 25);
            case CINEMA -> String.format("00:00:%02d:%02d", frame / 24, frame % 24);
        };
    }

    @Test
    void soundAloneIsHeardAndTalkedAboutInSeconds() throws Exception {
        var song = sound("s.wav", "-f", "lavfi", "-i", "sine=d=2", "-ar", "192000", "-ac", "8");
        var id = sentInParts(Files.readAllBytes(song), "s.wav", "audio/wav");
        var version = processed(id);
        assertEquals(2, version.getDouble("durationSeconds"), 0.01);
        assertNothingToSee(version);
        assertNull(version.getString("posterUrl"));
        assertEquals(Clips.size(song), bytes(version.getString("proxyUrl")).length);
        var comment = comment(id, "timecodeSeconds", 1.5);
        assertEquals(1.5, comment.getDouble("timecodeSeconds"));
        for (var nothing : List.of("frame", "timecode", "stillUrl")) assertNull(comment.getValue(nothing), nothing);
    }

    private static void assertNothingToSee(JsonObject version) {
        for (var nothing : List.of(
                "width", "height", "frameRateNum", "frameCount", "thumbnailsVttUrl", "startTimecode", "stillUrl"))
            assertNull(version.getValue(nothing), nothing);
    }

    @Test
    void aSongWithACoverIsASongAndItsCoverStandsForIt() throws Exception {
        var cover =
                Clips.make(folder, "cover.png", List.of("-f", "lavfi", "-i", "color=red:s=64x48", "-frames:v", "1"));
        var sine = List.of("-f", "lavfi", "-i", "sine=d=1", "-i", cover.toString(), "-map", "0", "-map", "1");
        var attached = Stream.concat(
                sine.stream(), Stream.of("-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-disposition:v", "attached_pic"));
        var arguments = attached.toArray(String[]::new);
        // a picture that is meant to be looked at while the sound goes on
        var still = Stream.concat(sine.stream(), Stream.of("-c:v", "libx264", "-pix_fmt", "yuv420p"))
                .toArray(String[]::new);
        var songs = List.of(sound("s.m4a", arguments), sound("s.mp3", arguments), sound("s.mp4", still));
        var types = List.of("audio/mp4", "audio/mpeg", "video/mp4");
        for (var i = 0; i < songs.size(); i++) {
            var bytes = Files.readAllBytes(songs.get(i));
            var version = processed(sent(bytes, songs.get(i).getFileName().toString(), types.get(i)));
            assertEquals(1, version.getDouble("durationSeconds"), 0.1);
            assertNothingToSee(version);
            var poster = picture(version.getString("posterUrl"));
            assertEquals("64x48", poster.getWidth() + "x" + poster.getHeight(), types.get(i));
            assertTrue((poster.getRGB(32, 24) >> 16 & 0xff) > 200, "red");
            assertTrue(bytes(version.getString("proxyUrl")).length > 1000);
        }
    }

    private Path sound(String name, String... arguments) {
        return Clips.make(folder, name, List.of(arguments));
    }

    @Test
    void whatIsEmptyOrDamagedIsSaidSoInWordsForPeople() throws Exception {
        var empty = Sending.refusedStart(
                maker, "videoAssetId", video, "filename", "f.mp4", "size", 0, "contentType", "video/mp4");
        assertEquals("VALIDATION_FAILED size", empty.getString("code") + " " + empty.getString("field"));
        var film = Files.readAllBytes(Clips.film(folder, "f.mp4", "25", 3));
        assertEquals(
                "The file is damaged, or it is neither film nor sound",
                failure(Arrays.copyOf(film, film.length / 2), "f.mp4", "video/mp4"));
        var index = Files.readAllBytes(Clips.film(folder, "i.mp4", "25", 3, "-movflags", "+faststart"));
        var cut = failure(Arrays.copyOf(index, index.length * 2 / 3), "i.mp4", "video/mp4");
        assertTrue(cut.startsWith("The file was cut off: only "), cut);
        var picture = Files.readAllBytes(
                Clips.make(folder, "p.mp4", List.of("-f", "lavfi", "-i", "color=red:s=64x48:d=0.04")));
        assertEquals("The file is a single picture, no film", failure(picture, "p.mp4", "video/mp4"));
    }

    private String failure(byte[] bytes, String name, String type) {
        var version = ended(sent(bytes, name, type));
        assertEquals("FAILED", version.getString("processingStatus"), version::encodePrettily);
        return version.getString("processingError");
    }

    /** The second part gets lost on its way the first time, and only that one is sent again. */
    private String sentInParts(byte[] bytes, String name, String type) {
        assertTrue(bytes.length > PART, "It should have two parts");
        var upload = start(bytes, name, type, "partSize", PART);
        var id = upload.getString("id");
        var parts = Sending.missing(upload);
        var first = Sending.put(parts.get(0).getString("url"), Arrays.copyOf(bytes, PART));
        assertEquals(200, first.statusCode());
        assertEquals(
                400, Sending.put(parts.get(1).getString("url"), new byte[7]).statusCode());
        assertEquals("VALIDATION_FAILED", maker.code(Sending.COMPLETE, Work.map("id", id)));
        var again = Sending.read(maker, id);
        assertEquals(2, Sending.missing(again).get(0).getInteger("number"));
        Sending.send(again, bytes);
        return became(id);
    }

    private String sent(byte[] bytes, String name, String type) {
        var upload = start(bytes, name, type);
        Sending.send(upload, bytes);
        return became(upload.getString("id"));
    }

    private JsonObject start(byte[] bytes, String name, String type, Object... more) {
        var fields = Stream.concat(
                Stream.of("videoAssetId", video, "filename", name, "size", bytes.length, "contentType", type),
                Stream.of(more));
        return Sending.start(maker, fields.toArray());
    }

    private String became(String upload) {
        assertEquals("COMPLETED", Sending.complete(maker, upload).getString("state"));
        return maker.get(BECAME, Work.map("id", upload))
                .getJsonObject("upload")
                .getJsonObject("videoVersion")
                .getString("id");
    }

    private JsonObject comment(String version, String place, Object at) {
        var input = Work.map("videoVersionId", version, "content", "Here", place, at);
        var made = maker.get(COMMENT, Work.map("input", input)).getJsonObject("createTimecodeComment");
        return maker.get(COMMENT_READ, Work.map("id", made.getString("id"))).getJsonObject("timecodeComment");
    }

    private JsonObject processed(String id) {
        var version = ended(id);
        assertEquals("COMPLETED", version.getString("processingStatus"), version::encodePrettily);
        assertEquals(100, version.getInteger("progress"));
        return version;
    }

    private JsonObject ended(String id) {
        Await.until(
                () -> !read(id).getString("processingStatus").matches("PENDING|PROCESSING"),
                () -> read(id).encodePrettily());
        return read(id);
    }

    private JsonObject read(String id) {
        return maker.get(READ, Work.map("id", id)).getJsonObject("videoVersion");
    }

    private static FrameRate rate(JsonObject version) {
        return new FrameRate(version.getInteger("frameRateNum"), version.getInteger("frameRateDen"));
    }

    private static double perSecond(JsonObject version) {
        return FrameTimes.perSecond(rate(version));
    }

    private static String size(JsonObject version) {
        return version.getInteger("width") + "x" + version.getInteger("height");
    }

    /** What lies at an address, followed to where it leads. */
    private static byte[] bytes(String url) {
        var answer = Sending.get(url);
        var leadsOn = answer.statusCode() == 302;
        var there =
                leadsOn ? Sending.get(answer.headers().firstValue("Location").orElseThrow()) : answer;
        assertEquals(200, there.statusCode(), there::body);
        return there.body().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static BufferedImage picture(String url) {
        try {
            return ImageIO.read(new ByteArrayInputStream(bytes(url)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
