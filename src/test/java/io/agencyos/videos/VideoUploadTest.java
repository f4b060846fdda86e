package io.agencyos.videos;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Await;
import io.agencyos.testing.Person;
import io.agencyos.testing.Sending;
import io.agencyos.testing.Together;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** From the bytes that a browser sends to the still of a frame that somebody talks about. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
@WithFfmpeg
class VideoUploadTest {

    private static final int PART = 5 << 20;
    private static final String READ = "query($id: ID!) { videoVersion(id: $id) { processingStatus processingError"
            + " versionNumber versionLabel changeNotes frameRateNum frameRateDen frameCount proxyUrl"
            + " thumbnailsVttUrl posterUrl uploadedBy { id } videoAsset { currentVersion { id } } } }";
    private static final String STILL = "query($id: ID!) { timecodeComment(id: $id) { frame stillUrl } }";
    private static final String BECAME = "query($id: ID!) { upload(id: $id) { videoVersion { id versionNumber } } }";
    private static final String NUMBERS =
            "query($id: ID!) { videoAsset(id: $id) { currentVersion { versionNumber } versions(first: 100) { nodes {"
                    + " versionNumber } } } }";

    private final Person maker = Work.user();
    private String request;
    private String video;

    @BeforeEach
    void aVideo() {
        request = Work.request(maker);
        video = Work.video(request, "created_by", maker.id());
    }

    @Test
    void aFilmComesInPartsAndEachCommentShowsItsFrame() throws Exception {
        var bytes = Files.readAllBytes(
                Clips.film(Clips.folder(), "f.mkv", "24000/1001", 3, "-c:v", "rawvideo", "-c:a", "pcm_s16le"));
        assertTrue(bytes.length > PART, "The film should have two parts");
        var id = sent(bytes);
        Await.value("COMPLETED", () -> read(id).getString("processingStatus"));
        var version = read(id);
        assertEquals("24000/1001", version.getInteger("frameRateNum") + "/" + version.getInteger("frameRateDen"));
        assertEquals(72, version.getInteger("frameCount"));
        assertEquals(
                "Rough cut: first try", version.getString("versionLabel") + ": " + version.getString("changeNotes"));
        assertEquals(maker.id().toString(), version.getJsonObject("uploadedBy").getString("id"));
        assertEquals(
                id,
                version.getJsonObject("videoAsset")
                        .getJsonObject("currentVersion")
                        .getString("id"));
        for (var link : List.of("proxyUrl", "thumbnailsVttUrl", "posterUrl"))
            assertEquals(
                    200,
                    given().urlEncodingEnabled(false)
                            .get(version.getString(link))
                            .statusCode(),
                    link);
        for (var frame : List.of(0, 29, 71))
            assertEquals(frame, shownBy(Work.timecodeComment(maker, id, "frame", frame)));
        // 1.25 seconds are 29.97 frames
        assertEquals(30, shownBy(Work.timecodeComment(maker, id, "timecodeSeconds", 1.25)));
    }

    /** One part fails at first, and is sent again. */
    private String sent(byte[] bytes) {
        var upload = Sending.start(
                maker,
                "videoAssetId",
                video,
                "filename",
                "f.mkv",
                "size",
                bytes.length,
                "contentType",
                "video/x-matroska",
                "partSize",
                PART,
                "label",
                "Rough cut",
                "notes",
                "first try");
        Sending.interrupted(maker, upload, bytes);
        var became = maker.get(BECAME, Work.map("id", upload.getString("id")))
                .getJsonObject("upload")
                .getJsonObject("videoVersion");
        assertEquals(1, became.getInteger("versionNumber"));
        return became.getString("id");
    }

    private int shownBy(String comment) throws Exception {
        var url = maker.get(STILL, Work.map("id", comment))
                .getJsonObject("timecodeComment")
                .getString("stillUrl");
        var picture = given().urlEncodingEnabled(false).get(url);
        assertEquals(200, picture.statusCode(), picture::asString);
        return Clips.number(ImageIO.read(new ByteArrayInputStream(picture.asByteArray())));
    }

    @Test
    void aHundredUploadsAtOnceAreVersionsOneToAHundredAndOneCounts() {
        var song = song();
        var port = RestAssured.port;
        var uploads = new ArrayList<String>();
        for (var i = 0; i < 100; i++) {
            var upload = Sending.start(
                    maker, "videoAssetId", video, "filename", "s.wav", "size", song.length, "contentType", "audio/wav");
            Sending.send(upload, song);
            uploads.add(upload.getString("id"));
        }
        Together.all(100, i -> {
            RestAssured.port = port;
            return Sending.complete(maker, uploads.get(i));
        });
        var found = maker.get(NUMBERS, Work.map("id", video)).getJsonObject("videoAsset");
        var numbers = found.getJsonObject("versions").getJsonArray("nodes").stream()
                .map(one -> ((JsonObject) one).getInteger("versionNumber"))
                .sorted()
                .toList();
        assertEquals(IntStream.rangeClosed(1, 100).boxed().toList(), numbers);
        assertEquals(100, found.getJsonObject("currentVersion").getInteger("versionNumber"));
        for (var upload : uploads) Await.value("COMPLETED", () -> read(upload).getString("processingStatus"));
    }

    private static byte[] song() {
        try {
            return Files.readAllBytes(
                    Clips.make(Clips.folder(), "s.wav", List.of("-f", "lavfi", "-i", "sine=d=0.2:r=8000")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatIsNoFilmBecomesNoVersion() {
        var text = "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n".getBytes(StandardCharsets.UTF_8);
        var upload = Sending.start(
                maker, "videoAssetId", video, "filename", "f.mp4", "size", text.length, "contentType", "video/mp4");
        Sending.send(upload, text);
        assertEquals("VALIDATION_FAILED", maker.code(Sending.COMPLETE, Work.map("id", upload.getString("id"))));
        var found = maker.get(NUMBERS, Work.map("id", video)).getJsonObject("videoAsset");
        assertTrue(found.getJsonObject("versions").getJsonArray("nodes").isEmpty());
    }

    @Test
    void aFilmThatKeepsItsFramesInAnotherFileFailsInWordsForPeople() throws IOException {
        var other = Clips.film(Clips.folder(), "other.mov", "25", 1, "-c:v", "mjpeg", "-an");
        var alias = new AliasMovie(Files.readAllBytes(other)).to(other.toString());
        var upload = Sending.startFilm(maker, alias, "videoAssetId", video);
        Sending.send(upload, alias);
        Sending.complete(maker, upload.getString("id"));
        Await.value("FAILED", () -> read(upload.getString("id")).getString("processingStatus"));
        var why = read(upload.getString("id")).getString("processingError");
        assertTrue(why.matches("The file is [a-z ,:]+"), why);
    }

    @Test
    void aRemovedVideoTakesNoUploadToItsEnd() {
        var song = song();
        var upload = Sending.start(
                maker, "videoAssetId", video, "filename", "s.wav", "size", song.length, "contentType", "audio/wav");
        Sending.send(upload, song);
        maker.get("mutation($id: ID!) { deleteVideoAsset(id: $id) { id } }", Work.map("id", video));
        assertEquals("VALIDATION_FAILED", maker.code(Sending.COMPLETE, Work.map("id", upload.getString("id"))));
        assertFalse(
                Sending.read(maker, upload.getString("id")).getString("state").equals("COMPLETED"));
        assertEquals(
                "NOT_FOUND", maker.code(READ, Work.map("id", UUID.randomUUID().toString())));
    }

    private JsonObject read(String id) {
        return maker.get(READ, Work.map("id", id)).getJsonObject("videoVersion");
    }
}
