package io.agencyos.videos;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import javax.imageio.ImageIO;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Await;
import io.agencyos.testing.Person;
import io.agencyos.testing.Psql;
import io.agencyos.testing.S3Resource;
import io.agencyos.testing.S3Server;
import io.agencyos.testing.Sending;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Everything that has a file, with the files in a bucket: no byte of them passes the application. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
@WithTestResource(S3Resource.class)
@WithFfmpeg
class VideoInABucketTest {

    private static final int PART = 5 << 20;
    private static final String VERSION = "query($id: ID!) { videoVersion(id: $id) { processingStatus processingError"
            + " frameCount fileUrl proxyUrl posterUrl thumbnailsSpriteUrl thumbnailsVttUrl } }";
    private static final String BECAME = "query($id: ID!) { upload(id: $id) { videoVersion { id } } }";
    private static final String STILL = "query($id: ID!) { timecodeComment(id: $id) { stillUrl } }";
    private static final String EXPORT = "mutation($input: ExportTimecodeCommentsInput!) {"
            + " exportTimecodeComments(input: $input) { url filename contentType } }";
    private static final String ASSET =
            "query($id: ID!) { asset(id: $id) { width height downloadUrl fileUrl" + " previewUrl thumbnailUrl } }";

    private final String bucket =
            ConfigProvider.getConfig().getValue("agency.s3.endpoint", String.class) + "/" + S3Server.BUCKET;
    private final Person maker = Work.user();
    private String request;
    private String video;

    @BeforeEach
    void aVideo() {
        request = Work.request(maker);
        video = Work.video(request, "created_by", maker.id());
    }

    @Test
    void aFilmComesInPartsAndAllThatIsShownOfItCanBeFetched() throws Exception {
        var film = Clips.film(Clips.folder(), "f.mkv", "24000/1001", 3, "-c:v", "rawvideo", "-c:a", "pcm_s16le");
        var bytes = Files.readAllBytes(film);
        var id = sent(bytes);
        Await.until(
                () -> List.of("COMPLETED", "FAILED").contains(version(id).getString("processingStatus")),
                () -> version(id));
        var version = version(id);
        assertEquals("COMPLETED", version.getString("processingStatus"), version::encode);
        assertEquals(72, version.getInteger("frameCount"));
        assertArrayEquals(bytes, shown(version.getString("fileUrl"), "video/x-matroska"));
        assertPlays(shown(version.getString("proxyUrl"), "video/mp4"));
        assertEquals(8, Clips.number(picture(shown(version.getString("posterUrl"), "image/jpeg"))));
        shown(version.getString("thumbnailsSpriteUrl"), "image/jpeg");
        assertThumbnails(version.getString("thumbnailsVttUrl"));
        for (var frame : List.of(0, 29, 71)) assertStill(id, frame);
        assertExported(id);
        assertGoneWithItsVideo(version);
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
                PART);
        var id = upload.getString("id");
        var parts = Sending.missing(upload);
        assertEquals((bytes.length + PART - 1) / PART, parts.size());
        for (var part : parts) assertTrue(part.getString("url").startsWith(bucket + "/"), part::encode);
        Sending.interrupted(maker, upload, bytes);
        return maker.get(BECAME, Work.map("id", id))
                .getJsonObject("upload")
                .getJsonObject("videoVersion")
                .getString("id");
    }

    private JsonObject version(String id) {
        return maker.get(VERSION, Work.map("id", id)).getJsonObject("videoVersion");
    }

    /** What lies in the bucket, as a page shows it. */
    private byte[] shown(String url, String type) {
        assertTrue(url.startsWith(bucket + "/"), url);
        var answer = get(url);
        assertEquals(200, answer.statusCode(), answer::asString);
        assertEquals(type, answer.contentType());
        assertTrue(answer.header("Content-Disposition").startsWith("inline"), answer.header("Content-Disposition"));
        assertEquals(206, ranged(url).statusCode());
        return answer.asByteArray();
    }

    private static Response get(String url) {
        return given().urlEncodingEnabled(false).get(url);
    }

    private static Response ranged(String url) {
        return given().urlEncodingEnabled(false).header("Range", "bytes=0-9").get(url);
    }

    private static BufferedImage picture(byte[] bytes) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(bytes));
    }

    private static void assertPlays(byte[] proxy) throws IOException {
        assertTrue(Delivery.startsWithItsIndex(Files.write(Clips.folder().resolve("p.mp4"), proxy)));
    }

    private void assertThumbnails(String url) throws IOException {
        var list = get(url);
        assertEquals(200, list.statusCode(), list::asString);
        assertTrue(list.contentType().startsWith("text/vtt"));
        var place = list.asString()
                .lines()
                .filter(line -> line.contains("#xywh="))
                .findFirst()
                .orElseThrow();
        assertEquals(
                0,
                Clips.number(picture(shown(place.substring(0, place.indexOf('#')), "image/jpeg"))
                        .getSubimage(0, 0, 160, 90)));
    }

    private void assertStill(String id, int frame) throws IOException {
        var comment = Work.timecodeComment(maker, id, "frame", frame);
        var url = maker.get(STILL, Work.map("id", comment))
                .getJsonObject("timecodeComment")
                .getString("stillUrl");
        // the application leads on to where the picture lies
        for (var i = 0; i < 2; i++) {
            var led =
                    given().urlEncodingEnabled(false).redirects().follow(false).get(url);
            assertEquals(302, led.statusCode(), led::asString);
            assertEquals(frame, Clips.number(picture(shown(led.header("Location"), "image/png"))));
        }
    }

    private void assertExported(String id) {
        var made = maker.get(EXPORT, Work.map("input", Work.map("videoVersionId", id, "format", "CSV")))
                .getJsonObject("exportTimecodeComments");
        var file = get(made.getString("url"));
        assertTrue(made.getString("url").startsWith(bucket + "/"), made::encode);
        assertEquals(200, file.statusCode(), file::asString);
        assertTrue(file.contentType().startsWith("text/csv"), file.contentType());
        assertTrue(file.header("Content-Disposition").startsWith("attachment; filename="));
        assertTrue(file.header("Content-Disposition").contains(".csv"));
        assertEquals(4, file.asString().lines().count(), file::asString);
    }

    private void assertGoneWithItsVideo(JsonObject version) {
        Psql.column("delete from video_assets where id = ? returning id", UUID.fromString(video));
        for (var field : List.of("fileUrl", "posterUrl", "thumbnailsSpriteUrl"))
            Await.value(404, () -> get(version.getString(field)).statusCode());
    }

    @Test
    void aPictureIsShownSavedAndRemoved() throws IOException {
        var bytes = png(2000, 1000);
        var name = "Plakat für März.png";
        var id = Sending.asset(maker, bytes, "requestId", request, "filename", name, "contentType", "image/png");
        Await.until(() -> asset(id).getString("thumbnailUrl") != null, () -> asset(id));
        var asset = asset(id);
        assertEquals(List.of(2000, 1000), List.of(asset.getInteger("width"), asset.getInteger("height")));
        assertArrayEquals(bytes, shown(asset.getString("fileUrl"), "image/png"));
        assertEquals(
                320,
                picture(shown(asset.getString("thumbnailUrl"), "image/jpeg")).getWidth());
        assertEquals(
                1600,
                picture(shown(asset.getString("previewUrl"), "image/jpeg")).getWidth());
        var saved = get(asset.getString("downloadUrl"));
        assertArrayEquals(bytes, saved.asByteArray());
        assertEquals("image/png", saved.contentType());
        assertEquals(
                "attachment; filename=\"Plakat f_r M_rz.png\"; filename*=UTF-8''Plakat%20f%C3%BCr%20M%C3%A4rz.png",
                saved.header("Content-Disposition"));
        maker.get("mutation($id: ID!) { deleteAsset(id: $id) { id } }", Work.map("id", id));
        for (var field : List.of("downloadUrl", "thumbnailUrl", "previewUrl"))
            Await.value(404, () -> get(asset.getString(field)).statusCode());
    }

    @Test
    void aDrawingWithAScriptIsOnlyEverSaved() {
        var svg = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
                .getBytes(StandardCharsets.UTF_8);
        var id = Sending.asset(maker, svg, "requestId", request, "filename", "a.svg", "contentType", "image/svg+xml");
        for (var field : List.of("fileUrl", "downloadUrl")) {
            var disposition = get(asset(id).getString(field)).header("Content-Disposition");
            assertTrue(disposition.startsWith("attachment"), disposition);
        }
    }

    private JsonObject asset(String id) {
        return maker.get(ASSET, Work.map("id", id)).getJsonObject("asset");
    }

    private static byte[] png(int width, int height) throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", bytes);
        return bytes.toByteArray();
    }
}
