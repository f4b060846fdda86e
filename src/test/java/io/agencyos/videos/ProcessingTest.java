package io.agencyos.videos;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.imageio.ImageIO;

import jakarta.inject.Inject;

import io.agencyos.storage.Storage;
import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Await;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Person;
import io.agencyos.testing.Psql;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What becomes of films in the store, as their people see it. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
@WithFfmpeg
class ProcessingTest {

    private static final String READ =
            "query($id: ID!, $frame: Int = 0) { videoVersion(id: $id) { processingStatus progress"
                    + " processingError durationSeconds width height frameRate frameRateNum frameRateDen frameCount"
                    + " variableFrameRate startTimecode dropFrame codec bitrate fileSizeBytes fileUrl proxyUrl posterUrl"
                    + " thumbnailsSpriteUrl thumbnailsVttUrl stillUrl(frame: $frame) } }";
    private static final String CANCEL =
            "mutation($id: ID!) { cancelVideoProcessing(id: $id) { processingStatus" + " processingError } }";
    private static final String RETRY =
            "mutation($id: ID!) { retryVideoProcessing(id: $id) { processingStatus" + " processingError } }";

    private static final String EDIT = "mutation($id: ID!) { updateVideoVersion(id: $id, ifVersion: 1,"
            + " input: {changeNotes: \"New\"}) { id } }";

    private static final String PROGRESS = "subscription($id: ID!) { videoVersionChanged(videoAssetId: $id) { cursor"
            + " operation id changedFields node { processingStatus progress } } }";

    @Inject
    Storage storage;

    private final Path folder = Clips.folder();
    private final Person maker = Work.user();
    private String request;
    private String video;

    @BeforeEach
    void aVideo() {
        request = Work.request(maker);
        video = Work.video(request);
    }

    @Test
    void aFilmThatBrowsersDoNotPlayGetsAllThatIsShownOfIt() throws Exception {
        var film =
                Clips.film(folder, "f.mov", "30000/1001", 3, "-c:v", "mpeg4", "-q:v", "2", "-timecode", "01:00:00;02");
        var id = uploaded(film);
        var version = processed(id);
        assertEquals(100, version.getInteger("progress"));
        assertEquals(30_000, version.getInteger("frameRateNum"));
        assertEquals(1_001, version.getInteger("frameRateDen"));
        assertEquals(29.97, version.getDouble("frameRate"));
        assertEquals(90, version.getInteger("frameCount"));
        assertEquals(3.003, version.getDouble("durationSeconds"));
        assertEquals("320x180", version.getInteger("width") + "x" + version.getInteger("height"));
        assertEquals("01:00:00;02", version.getString("startTimecode"));
        assertTrue(version.getBoolean("dropFrame"));
        assertFalse(version.getBoolean("variableFrameRate"));
        assertEquals("mpeg4", version.getString("codec"));
        assertEquals(Files.size(film), version.getLong("fileSizeBytes"));
        assertEquals(Files.size(film), get(version.getString("fileUrl")).asByteArray().length);
        assertPoster(version);
        assertThumbnails(version);
        var proxy = Files.write(
                folder.resolve("proxy.mp4"), get(version.getString("proxyUrl")).asByteArray());
        assertTrue(Delivery.startsWithItsIndex(proxy));
        for (var frame : List.of(0, 1, 44, 89)) assertEquals(frame, still(id, frame));
        assertNull(read(id, 90).getString("stillUrl"));
        assertEquals(
                4,
                storage.list("videos/" + id, null, 100).await().indefinitely().size());
    }

    private void assertPoster(JsonObject version) throws Exception {
        var poster = get(version.getString("posterUrl"));
        assertEquals("image/jpeg", poster.contentType());
        assertEquals(9, Clips.number(ImageIO.read(new ByteArrayInputStream(poster.asByteArray()))));
    }

    private void assertThumbnails(JsonObject version) throws Exception {
        var list = get(version.getString("thumbnailsVttUrl"));
        assertTrue(list.contentType().startsWith("text/vtt"));
        var lines =
                list.asString().lines().filter(line -> line.contains("#xywh=")).toList();
        assertEquals(3, lines.size());
        // what a player does: the address before the hash, then the part of the picture
        var sprite = get(lines.get(2).substring(0, lines.get(2).indexOf('#')));
        var picture = ImageIO.read(new ByteArrayInputStream(sprite.asByteArray()));
        assertEquals(60, Clips.number(picture.getSubimage(320, 0, 160, 90)));
    }

    private int still(String id, int frame) throws Exception {
        var picture = get(read(id, frame).getString("stillUrl"));
        assertEquals("image/png", picture.contentType());
        return Clips.number(ImageIO.read(new ByteArrayInputStream(picture.asByteArray())));
    }

    @Test
    void aFilmThatIsFineIsLeftAsItIs() {
        var id = uploaded(Clips.film(folder, "fine.mp4", "25", 1, "-movflags", "+faststart"));
        var version = processed(id);
        assertEquals(path(version.getString("fileUrl")), path(version.getString("proxyUrl")));
    }

    @Test
    void soundAloneHasALengthAndNothingToLookAt() {
        var song = Clips.make(folder, "s.m4a", List.of("-f", "lavfi", "-i", "sine=d=2", "-movflags", "+faststart"));
        var version = processed(uploaded(song));
        assertEquals(2, version.getDouble("durationSeconds"), 0.1);
        for (var nothing :
                List.of("width", "height", "frameRate", "frameCount", "posterUrl", "thumbnailsVttUrl", "stillUrl"))
            assertNull(version.getValue(nothing), nothing);
        assertEquals("aac", version.getString("codec"));
    }

    @Test
    void aRateThatVariesIsSaidAndTheFramesAreThoseOfTheCopy() throws Exception {
        var uneven = "setpts='(N+0.4*mod(N,3)+6*floor(N/20))/(30*TB)'";
        var film = Clips.film(folder, "v.mp4", "30", 3, "-vf", uneven, "-fps_mode", "vfr", "-enc_time_base", "1/9000");
        var id = uploaded(film);
        var version = processed(id);
        assertTrue(version.getBoolean("variableFrameRate"));
        var proxy = Files.write(
                folder.resolve("p.mp4"), get(version.getString("proxyUrl")).asByteArray());
        var frames = Clips.folder();
        Clips.make(frames, "%04d.png", List.of("-i", proxy.toString(), "-fps_mode", "passthrough"));
        try (var all = Files.list(frames)) {
            assertEquals((long) version.getInteger("frameCount"), all.count());
        }
        var last = version.getInteger("frameCount") - 1;
        assertEquals(Clips.number(frames.resolve(String.format("%04d.png", last + 1))), still(id, last));
    }

    @Test
    void whatIsNoFilmFailsAtOnceInWordsForPeople() throws Exception {
        var text = Files.writeString(folder.resolve("text.mp4"), "This is no film");
        var id = uploaded(text);
        var version = ended(id);
        assertEquals("FAILED", version.getString("processingStatus"));
        assertEquals("The file is damaged, or it is neither film nor sound", version.getString("processingError"));
        assertEquals(
                "1",
                Psql.column("select attempt from video_jobs where video_version_id = ?", UUID.fromString(id))
                        .get(0));
        assertEquals(List.of(), storage.list("videos/" + id, null, 10).await().indefinitely());
        var empty = ended(uploaded(Files.write(folder.resolve("empty.mp4"), new byte[0])));
        assertEquals("The file is empty", empty.getString("processingError"));
    }

    @Test
    void aListOfOtherFilesIsRefused() throws Exception {
        var list = Files.writeString(folder.resolve("l.mp4"), "#EXTM3U\n#EXTINF:1.0,\nfile:///etc/passwd\n");
        assertEquals("FAILED", ended(uploaded(list)).getString("processingStatus"));
    }

    @Test
    void whatIsMissingInTheStoreFails() {
        var id = version("uploads/" + UUID.randomUUID());
        assertEquals("The file is not there any more", ended(id).getString("processingError"));
    }

    @Test
    void whoUploadedItMayCancelAndTryAgain() {
        var film = Clips.film(folder, "long.mkv", "60", 60, "-c:v", "mpeg4", "-vf", "scale=1280:720");
        var id = uploaded(film);
        Await.value("PROCESSING", () -> read(id, 0).getString("processingStatus"));
        Await.until(() -> read(id, 0).getInteger("progress") > 20, () -> read(id, 0));
        var other = Work.user();
        assertEquals("FORBIDDEN", other.code(CANCEL, Work.map("id", id)));
        assertEquals("NOT_FOUND", Work.stranger().code(CANCEL, Work.map("id", id)));
        var cancelled = maker.get(CANCEL, Work.map("id", id)).getJsonObject("cancelVideoProcessing");
        assertEquals("FAILED", cancelled.getString("processingStatus"));
        assertEquals("The processing was cancelled", cancelled.getString("processingError"));
        Await.until(
                () -> storage.list("videos/" + id, null, 10)
                        .await()
                        .indefinitely()
                        .isEmpty(),
                () -> "left over");
        assertEquals("VALIDATION_FAILED", maker.code(CANCEL, Work.map("id", id)));
        var again = maker.get(RETRY, Work.map("id", id)).getJsonObject("retryVideoProcessing");
        assertNull(again.getValue("processingError"));
        Await.value("PROCESSING", () -> read(id, 0).getString("processingStatus"));
        assertEquals("VALIDATION_FAILED", maker.code(RETRY, Work.map("id", id)));
        maker.get(CANCEL, Work.map("id", id));
    }

    @Test
    void aFurtherStillOfAFilmDoesNotFetchItAgain() throws Exception {
        var id = uploaded(Clips.film(folder, "f.mov", "25", 8, "-c:v", "mpeg4", "-q:v", "2"));
        processed(id);
        assertEquals(3, still(id, 3));
        for (var made : storage.list("videos/" + id, null, 10).await().indefinitely())
            if (made.key().endsWith("/proxy.mp4"))
                storage.delete(made.key()).await().indefinitely();
        for (var frame : List.of(0, 120, 199, 42)) assertEquals(frame, still(id, frame));
    }

    @Test
    void whatWasTakenFromAnEarlierCopyGoesWithIt() throws Exception {
        var id = uploaded(Clips.film(folder, "f.mkv", "25", 1, "-c:v", "ffv1"));
        var copy = path(processed(id).getString("proxyUrl"));
        assertEquals(3, still(id, 3));
        assertEquals(1, stored("stills/" + id));
        maker.get(RETRY, Work.map("id", id));
        Await.until(() -> !path(processed(id).getString("proxyUrl")).equals(copy), () -> copy);
        Await.value(0, () -> stored("stills/" + id));
        assertEquals(4, stored("videos/" + id));
        assertEquals(3, still(id, 3));
    }

    private int stored(String prefix) {
        return storage.list(prefix, null, 10).await().indefinitely().size();
    }

    @Test
    void whoSubscribesSeesHowFarItIs() {
        var film = Clips.film(folder, "f.mkv", "30", 20, "-c:v", "mpeg4", "-vf", "scale=1280:720");
        try (var socket = LiveClient.open(
                        URI.create("ws://localhost:" + RestAssured.port + "/graphql"), LiveClient.PROTOCOL, null)
                .signIn(maker.token())) {
            var stream = socket.subscribe(PROGRESS, Work.map("id", video));
            stream.live();
            var id = uploaded(film);
            var told = new ArrayList<Integer>();
            var status = "";
            var isEdited = false;
            while (!status.equals("COMPLETED")) {
                var change = stream.change();
                status = change.getJsonObject("node").getString("processingStatus");
                if (change.getJsonArray("changedFields").contains("progress"))
                    told.add(change.getJsonObject("node").getInteger("progress"));
                if (!isEdited && told.size() > 2) {
                    // who saw it before it was looked into may still save what was typed meanwhile
                    maker.get(EDIT, Work.map("id", id));
                    isEdited = true;
                }
            }
            assertTrue(isEdited);
            assertEquals(told.stream().sorted().toList(), told);
            assertTrue(told.stream().distinct().count() > 3, told::toString);
        }
    }

    @Test
    void anAddressIsNotGoodForAnythingElse() {
        var id = uploaded(Clips.film(folder, "a.mp4", "25", 1));
        processed(id);
        var good = read(id, 3).getString("stillUrl");
        assertEquals(200, given().redirects().follow(true).get(good).statusCode());
        assertEquals(302, given().redirects().follow(false).head(good).statusCode());
        for (var bad : List.of(
                good.replace("/3.png", "/4.png"),
                good.replaceAll("expires=\\d+", "expires=99999999999"),
                good.replaceAll("signature=..", "signature=00"),
                good.substring(0, good.indexOf('?')),
                good.replace("/stills/3.png", "/thumbnails.vtt")))
            assertEquals(403, given().urlEncodingEnabled(false).get(bad).statusCode(), bad);
        Psql.column("update video_assets set deleted_at = now() where id = ? returning id", UUID.fromString(video));
        assertEquals(404, given().get(good).statusCode());
    }

    private String uploaded(Path film) {
        var key = "uploads/" + UUID.randomUUID() + "/film";
        storage.put(key, "video/mp4", film).await().atMost(Duration.ofMinutes(1));
        return version(key);
    }

    private String version(String key) {
        return Work.version(
                video, "frame_rate", null, "file_path", key, "mime_type", "video/mp4", "uploaded_by", maker.id());
    }

    private JsonObject processed(String id) {
        var version = ended(id);
        assertEquals("COMPLETED", version.getString("processingStatus"), version::encodePrettily);
        assertNull(version.getString("processingError"));
        return version;
    }

    private JsonObject ended(String id) {
        Await.until(
                () -> List.of("COMPLETED", "FAILED").contains(read(id, 0).getString("processingStatus")),
                () -> read(id, 0).encodePrettily());
        return read(id, 0);
    }

    private JsonObject read(String id, int frame) {
        return maker.get(READ, Work.map("id", id, "frame", frame)).getJsonObject("videoVersion");
    }

    private static Response get(String url) {
        assertNotNull(url);
        var answer = given().urlEncodingEnabled(false).get(url);
        assertEquals(200, answer.statusCode(), () -> url + " " + answer.asString());
        return answer;
    }

    private static String path(String url) {
        return url.substring(0, url.indexOf('?'));
    }
}
