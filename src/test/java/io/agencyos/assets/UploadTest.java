package io.agencyos.assets;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

import jakarta.inject.Inject;

import io.agencyos.storage.Storage;
import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Await;
import io.agencyos.testing.Hash;
import io.agencyos.testing.Person;
import io.agencyos.testing.Psql;
import io.agencyos.testing.Sending;
import io.agencyos.testing.Together;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

@QuarkusTest
@WithTestResource(AgencyResource.class)
class UploadTest {

    @Inject
    Storage storage;

    private static final int ROUNDS = 40;
    private static final int PART = 5 << 20;
    private static final String ASSET =
            "query($id: ID!) { asset(id: $id) { id name fileType originalFilename storagePath"
                    + " previewUrl thumbnailUrl downloadUrl fileUrl width height metadata versionNumber isCurrentVersion"
                    + " versionNotes versionType parentAsset { id } createdBy { id } } }";
    private static final String VERSIONS = "query($id: ID!) { asset(id: $id) { versions(first: 100) { nodes {"
            + " versionNumber isCurrentVersion } } } }";
    private static final String ABORT = "mutation($id: ID!) { abortUpload(id: $id) { state } }";

    private final Person maker = Work.user();
    private String client;
    private String request;

    @BeforeEach
    void aRequest() {
        client = Work.client();
        request = Work.request(maker, "clientId", client);
    }

    @Test
    void anImageComesInAndIsHandedOut() {
        var bytes = png(2000, 1000);
        var id = image(bytes, "Plakat für März.png");
        Await.until(() -> asset(id).getString("thumbnailUrl") != null, () -> asset(id));
        var asset = asset(id);
        assertEquals("Plakat für März.png", asset.getString("name"));
        assertEquals("Plakat für März.png", asset.getString("originalFilename"));
        assertEquals("IMAGE", asset.getString("fileType"));
        assertEquals(1, asset.getInteger("versionNumber"));
        assertEquals(List.of(2000, 1000), List.of(asset.getInteger("width"), asset.getInteger("height")));
        assertEquals(bytes.length, asset.getJsonObject("metadata").getInteger("size"));
        var saved = Sending.get(asset.getString("downloadUrl"));
        assertEquals(200, saved.statusCode());
        assertEquals(new String(bytes, StandardCharsets.ISO_8859_1), saved.body());
        assertTrue(saved.headers().firstValue("Content-Disposition").orElse("").startsWith("attachment"));
        assertEquals("image/png", saved.headers().firstValue("Content-Type").orElse(""));
        var shown = Sending.get(asset.getString("fileUrl"));
        assertTrue(shown.headers().firstValue("Content-Disposition").orElse("").startsWith("inline"));
        assertSize(320, 160, asset.getString("thumbnailUrl"));
        assertSize(1600, 800, asset.getString("previewUrl"));
    }

    @ParameterizedTest
    @CsvSource({
        // where the red corner of the file is seen: left or right, at the top or the bottom
        "1, 400, 200, 0, 0",
        "2, 400, 200, 1, 0",
        "3, 400, 200, 1, 1",
        "4, 400, 200, 0, 1",
        "5, 200, 400, 0, 0",
        "6, 200, 400, 1, 0",
        "7, 200, 400, 1, 1",
        "8, 200, 400, 0, 1",
        "9, 400, 200, 0, 0"
    })
    void aPhotographIsTurnedAsItsCameraWasHeld(int orientation, int width, int height, int right, int down) {
        var photograph = jpeg(orientation);
        var id = Sending.asset(
                maker, photograph, "requestId", request, "filename", "p.jpg", "contentType", "image/jpeg");
        Await.until(() -> asset(id).getString("thumbnailUrl") != null, () -> asset(id));
        var asset = asset(id);
        assertEquals(List.of(width, height), List.of(asset.getInteger("width"), asset.getInteger("height")));
        for (var url : List.of(asset.getString("previewUrl"), asset.getString("thumbnailUrl"))) {
            var seen = picture(url);
            assertEquals(width > height, seen.getWidth() > seen.getHeight());
            for (var x = 0; x < 2; x++)
                for (var y = 0; y < 2; y++) {
                    var corner = seen.getRGB(
                            seen.getWidth() / 8 + x * seen.getWidth() * 3 / 4,
                            seen.getHeight() / 8 + y * seen.getHeight() * 3 / 4);
                    assertEquals(x == right && y == down, (corner >> 16 & 0xff) > 127, x + " " + y);
                }
        }
    }

    /** 400 x 200 pixels with a red corner on the upper left; with Exif data as cameras write them, behind JFIF's. */
    private static byte[] jpeg(int orientation) {
        var picture = new BufferedImage(400, 200, BufferedImage.TYPE_INT_RGB);
        var paper = picture.createGraphics();
        paper.setColor(java.awt.Color.RED);
        paper.fillRect(0, 0, 200, 100);
        paper.dispose();
        var plain = new ByteArrayOutputStream();
        try {
            assertTrue(ImageIO.write(picture, "jpeg", plain));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        var exif = new byte[] {
            (byte) 0xff,
            (byte) 0xe1,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            1,
            18,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            (byte) orientation,
            0,
            0,
            0,
            0,
            0,
            0
        };
        var bytes = plain.toByteArray();
        var jfif = 2 + 2 + ((bytes[4] & 0xff) << 8 | bytes[5] & 0xff);
        var all = new ByteArrayOutputStream();
        all.write(bytes, 0, jfif);
        all.writeBytes(exif);
        all.write(bytes, jfif, bytes.length - jfif);
        return all.toByteArray();
    }

    private static BufferedImage picture(String url) {
        try {
            var bytes = Sending.get(url).body().getBytes(StandardCharsets.ISO_8859_1);
            return ImageIO.read(new java.io.ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertSize(int width, int height, String url) {
        var picture = picture(url);
        assertEquals(List.of(width, height), List.of(picture.getWidth(), picture.getHeight()));
    }

    @Test
    void whatWasLostIsSentAgainPartByPart() {
        var bytes = Sending.film(2 * PART + 1000);
        var upload = Sending.startFilm(maker, bytes, "requestId", request, "partSize", PART);
        var id = upload.getString("id");
        assertEquals(3, upload.getInteger("partCount"));
        var second = Sending.missing(upload).get(1);
        assertEquals(
                200,
                Sending.put(second.getString("url"), Arrays.copyOfRange(bytes, PART, 2 * PART))
                        .statusCode());
        // half a part is no part
        assertEquals(
                400,
                Sending.put(Sending.missing(upload).get(0).getString("url"), new byte[10])
                        .statusCode());
        assertEquals("VALIDATION_FAILED", code(id));
        var now = Sending.read(maker, id);
        assertEquals(
                List.of(1, 3),
                Sending.missing(now).stream()
                        .map(part -> part.getInteger("number"))
                        .toList());
        Sending.send(now, bytes);
        assertEquals(List.of(), Sending.missing(Sending.read(maker, id)));
        var done = Sending.complete(maker, id);
        assertEquals("COMPLETED", done.getString("state"));
        var asset = asset(done.getJsonObject("asset").getString("id"));
        assertEquals("VIDEO", asset.getString("fileType"));
        assertEquals(
                new String(bytes, StandardCharsets.ISO_8859_1),
                Sending.get(asset.getString("downloadUrl")).body());
    }

    @Test
    void theSameStartAgainAnswersTheSameUpload() {
        var id = UUID.randomUUID().toString();
        Object[] fields = {"id", id, "filename", "a.png", "size", 100, "contentType", "image/png"};
        assertEquals(id, start(fields).getString("id"));
        assertEquals(id, start(fields).getString("id"));
        var other = Sending.refusedStart(
                maker, "requestId", request, "id", id, "filename", "a.png", "size", 101, "contentType", "image/png");
        assertEquals("CONFLICT", other.getString("code"));
    }

    @Test
    void completingAgainAndAtOnceMakesOneAsset() {
        var bytes = png(10, 10);
        var upload = start("filename", "a.png", "size", bytes.length, "contentType", "image/png");
        Sending.send(upload, bytes);
        var id = upload.getString("id");
        var assets = Together.all(
                8, i -> Sending.complete(maker, id).getJsonObject("asset").getString("id"));
        assertEquals(1, assets.stream().distinct().count());
        assertEquals(
                assets.get(0),
                Sending.complete(maker, id).getJsonObject("asset").getString("id"));
        assertEquals(
                List.of("1"),
                Psql.column("select count(*) from assets where request_id = ?", UUID.fromString(request)));
    }

    @Test
    void theChecksumIsComparedWithWhatHasCome() {
        var bytes = png(10, 10);
        var right = Hash.sha256(bytes);
        var good = start(
                "filename", "a.png", "size", bytes.length, "contentType", "image/png", "sha256", right.toUpperCase());
        Sending.send(good, bytes);
        var asset = asset(Sending.complete(maker, good.getString("id"))
                .getJsonObject("asset")
                .getString("id"));
        assertEquals(right, asset.getJsonObject("metadata").getString("sha256"));
        var wrong =
                start("filename", "a.png", "size", bytes.length, "contentType", "image/png", "sha256", "0".repeat(64));
        Sending.send(wrong, bytes);
        assertEquals("VALIDATION_FAILED", code(wrong.getString("id")));
        assertEquals("FAILED", Sending.read(maker, wrong.getString("id")).getString("state"));
        assertEquals("VALIDATION_FAILED", code(wrong.getString("id")));
    }

    @Test
    void whoGivesAWrongChecksumIsNotServedByAnotherWhoGivesNone() {
        var bytes = Sending.film(3 * PART);
        var upload = Sending.startFilm(maker, bytes, "requestId", request, "partSize", PART);
        Sending.send(upload, bytes);
        var id = upload.getString("id");
        var wrong = "0".repeat(64);
        Together.all(
                6,
                i -> maker.ask(
                        Sending.COMPLETE,
                        i % 2 == 0 ? Map.of("id", id) : Map.of("id", id, "input", Map.of("sha256", wrong))));
        assertNotEquals(
                List.of(wrong),
                Psql.column("select sha256 from uploads where id = ? and state = 'completed'", UUID.fromString(id)));
    }

    @Test
    void theTagsOfThePartsAreComparedWithWhatHasCome() {
        var bytes = png(10, 10);
        var upload = start("filename", "a.png", "size", bytes.length, "contentType", "image/png");
        var url = Sending.missing(upload).get(0).getString("url");
        var tag = Sending.put(url, bytes).headers().firstValue("ETag").orElseThrow();
        var id = upload.getString("id");
        var wrong = Work.map("parts", List.of(Work.map("number", 1, "etag", "0123")));
        assertEquals("VALIDATION_FAILED", maker.code(Sending.COMPLETE, Work.map("id", id, "input", wrong)));
        var right = Work.map("parts", List.of(Work.map("number", 1, "etag", tag)));
        maker.get(Sending.COMPLETE, Work.map("id", id, "input", right));
    }

    @Test
    void fourGigabytesDeclaredAndOneKilobyteSentIsRefused() {
        var upload = start("filename", "a.mp4", "size", 4L << 30, "contentType", "video/mp4");
        var part = Sending.missing(upload).get(0);
        assertEquals(400, Sending.put(part.getString("url"), new byte[1024]).statusCode());
        var error = maker.error(Sending.COMPLETE, Map.of("id", upload.getString("id")));
        assertEquals("VALIDATION_FAILED", error.getString("code"));
        assertEquals(1, error.getInteger("part"));
    }

    @Test
    void whatTheBytesAreIsSniffedAndNotBelieved() {
        refused("<!DOCTYPE html><html><script>alert(1)</script></html>", "a.png", "image/png");
        refused("<html><body>Hello</body></html>", "a.html", "text/plain");
        refused("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "a.png", "image/png");
        refused("Just some words, and then some more of them.\n", "a.mp4", "video/mp4");
        refused("#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n", "a.mp4", "video/mp4");
        refused("PK\3\4\24\0\0\0\10\0", "a.png", "image/png");
        refused("\1\2\3\4nothing that anybody knows\0\0", "a.png", "image/png");
    }

    private void refused(String text, String filename, String type) {
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        var upload = start("filename", filename, "size", bytes.length, "contentType", type);
        Sending.send(upload, bytes);
        var id = upload.getString("id");
        assertEquals("VALIDATION_FAILED", code(id), text);
        var after = Sending.read(maker, id);
        assertEquals("FAILED", after.getString("state"), text);
        assertNotNull(after.getString("failure"));
        assertNull(after.getValue("asset"));
    }

    @Test
    void aDrawingWithAScriptIsOnlyEverSaved() {
        var svg = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
                .getBytes(StandardCharsets.UTF_8);
        var id = Sending.asset(maker, svg, "requestId", request, "filename", "a.svg", "contentType", "image/svg+xml");
        for (var field : List.of("fileUrl", "downloadUrl")) {
            var answer = Sending.get(asset(id).getString(field));
            assertTrue(answer.headers()
                    .firstValue("Content-Disposition")
                    .orElse("")
                    .startsWith("attachment"));
            assertEquals(
                    "nosniff",
                    answer.headers().firstValue("X-Content-Type-Options").orElse(""));
            assertTrue(answer.headers()
                    .firstValue("Content-Security-Policy")
                    .orElse("")
                    .contains("sandbox"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "../../etc/passwd, passwd",
        "C:\\evil\\a.png, a.png",
        "'a\u0000b\r\nc.png', abc.png",
        ".., file",
        "'/', file",
        "\u202Egnp.exe, gnp.exe"
    })
    void aFilenameIsANameAndNoPath(String given, String kept) {
        var bytes = png(10, 10);
        var id = Sending.asset(maker, bytes, "requestId", request, "filename", given, "contentType", "image/png");
        var asset = asset(id);
        assertEquals(kept, asset.getString("originalFilename"));
        assertTrue(asset.getString("storagePath").matches("work/[0-9a-f-]{36}/[0-9a-f-]{36}/original/[A-Za-z0-9._-]+"));
    }

    @Test
    void aVeryLongNameIsCutToSizeAndKeepsItsEnd() {
        var bytes = png(10, 10);
        var id = Sending.asset(
                maker, bytes, "requestId", request, "filename", "ä".repeat(900) + ".png", "contentType", "image/png");
        var name = asset(id).getString("originalFilename");
        assertEquals(255, name.length());
        assertTrue(name.endsWith(".png"));
    }

    @Test
    void whatCannotBeIsRefusedAtOnce() {
        var type = "image/png";
        assertField("size", "filename", "a", "size", 0, "contentType", type);
        assertField("size", "filename", "a", "size", 1L << 50, "contentType", type);
        assertField("filename", "filename", " ", "size", 1, "contentType", type);
        assertField("contentType", "filename", "a", "size", 1, "contentType", "text/html");
        assertField("contentType", "filename", "a", "size", 1, "contentType", "nonsense");
        assertField("partSize", "filename", "a", "size", 1L << 36, "contentType", type, "partSize", PART);
        assertField("partSize", "filename", "a", "size", 1, "contentType", type, "partSize", 1000);
        assertField(
                "requestId",
                "filename",
                "a",
                "size",
                1,
                "contentType",
                type,
                "assetId",
                UUID.randomUUID().toString());
    }

    private void assertField(String field, Object... fields) {
        var input = Work.map(fields);
        input.put("requestId", request);
        var flat = input.entrySet().stream()
                .flatMap(e -> java.util.stream.Stream.of(e.getKey(), e.getValue()))
                .toArray();
        var error = Sending.refusedStart(maker, flat);
        assertEquals("VALIDATION_FAILED", error.getString("code"), error::encode);
        assertEquals(field, error.getString("field"));
    }

    @Test
    void onlyItsAuthorAndAdministratorsSeeAnUpload() {
        var id = start("filename", "a.png", "size", 100, "contentType", "image/png")
                .getString("id");
        var query = "query($id: ID!) { upload(id: $id) { id } }";
        assertEquals("NOT_FOUND", Work.user().code(query, Map.of("id", id)));
        assertEquals("NOT_FOUND", Work.user().code(Sending.COMPLETE, Map.of("id", id)));
        assertEquals("NOT_FOUND", Work.user().code(ABORT, Map.of("id", id)));
        assertEquals(id, Sending.read(Work.admin(), id).getString("id"));
    }

    @Test
    void whoMayAddAnAssetMayUpload() {
        var bytes = png(10, 10);
        var member = Work.member(client);
        assertNotNull(
                Sending.asset(member, bytes, "requestId", request, "filename", "a.png", "contentType", "image/png"));
        var stranger = Sending.refusedStart(
                Work.stranger(), "requestId", request, "filename", "a.png", "size", 1, "contentType", "image/png");
        assertEquals("NOT_FOUND", stranger.getString("code"));
        var gone = Sending.refusedStart(
                maker,
                "assetId",
                UUID.randomUUID().toString(),
                "filename",
                "a.png",
                "size",
                1,
                "contentType",
                "image/png");
        assertEquals("NOT_FOUND", gone.getString("code"));
    }

    @Test
    void whatIsGivenUpTakesNothingMore() {
        var upload = start("filename", "a.png", "size", 100, "contentType", "image/png");
        var id = upload.getString("id");
        var url = Sending.missing(upload).get(0).getString("url");
        assertEquals(200, Sending.put(url, new byte[100]).statusCode());
        for (var i = 0; i < 2; i++)
            assertEquals(
                    "ABORTED",
                    maker.get(ABORT, Map.of("id", id))
                            .getJsonObject("abortUpload")
                            .getString("state"));
        assertEquals("CONFLICT", code(id));
        assertEquals(List.of(), Sending.read(maker, id).getJsonArray("parts").getList());
        assertEquals(404, Sending.put(url, new byte[100]).statusCode());
    }

    @Test
    void whoCompletesWhileAPartComesOnceMoreIsNeverToldToBeginAgain() {
        var bytes = png(10, 10);
        var other = png(10, 10);
        other[other.length - 1] ^= 1;
        for (var round = 0; round < ROUNDS; round++) {
            var upload = start("filename", "a.png", "size", bytes.length, "contentType", "image/png");
            var id = upload.getString("id");
            var url = Sending.missing(upload).get(0).getString("url");
            Sending.put(url, bytes);
            var said = Together.all(
                    3,
                    i -> i == 0
                            ? maker.ask(Sending.COMPLETE, Map.of("id", id)).encode()
                            : "" + Sending.put(url, i == 1 ? other : bytes).statusCode());
            assertFalse(said.get(0).contains("start another"), said::toString);
            if (!said.get(0).contains("COMPLETED"))
                assertEquals("COMPLETED", Sending.complete(maker, id).getString("state"));
        }
    }

    @Test
    void aVersionIsMadeOfAFileForAnAsset() {
        var first = image(png(10, 10), "a.png");
        var second = Sending.asset(
                maker,
                png(20, 20),
                "assetId",
                first,
                "filename",
                "b.png",
                "contentType",
                "image/png",
                "notes",
                "Larger");
        var asset = asset(second);
        assertEquals(2, asset.getInteger("versionNumber"));
        assertEquals("a.png", asset.getString("name"));
        assertEquals("Larger", asset.getString("versionNotes"));
        assertEquals("AUTO", asset.getString("versionType"));
        assertEquals(first, asset.getJsonObject("parentAsset").getString("id"));
        assertTrue(asset.getBoolean("isCurrentVersion"));
        assertFalse(asset(first).getBoolean("isCurrentVersion"));
    }

    @Test
    void aHundredVersionsAtOnceHaveNumbersWithoutGapsOrDoubles() {
        var first = image(png(10, 10), "a.png");
        var bytes = png(12, 12);
        Together.all(
                99,
                i -> Sending.asset(maker, bytes, "assetId", first, "filename", i + ".png", "contentType", "image/png"));
        var versions = versions(first);
        assertEquals(
                IntStream.rangeClosed(1, 100).boxed().toList(),
                versions.stream()
                        .map(version -> version.getInteger("versionNumber"))
                        .toList());
        assertEquals(
                List.of(100),
                versions.stream()
                        .filter(version -> version.getBoolean("isCurrentVersion"))
                        .map(version -> version.getInteger("versionNumber"))
                        .toList());
    }

    /** All versions of a file, the first one first. */
    private List<JsonObject> versions(String id) {
        return maker
                .get(VERSIONS, Map.of("id", id))
                .getJsonObject("asset")
                .getJsonObject("versions")
                .getJsonArray("nodes")
                .stream()
                .map(JsonObject.class::cast)
                .sorted(Comparator.comparing(version -> version.getInteger("versionNumber")))
                .toList();
    }

    @Test
    void whatNobodyGoesOnWithIsRemovedFromTheStorage() {
        var upload = start("filename", "a.png", "size", 100, "contentType", "image/png");
        var id = upload.getString("id");
        var url = Sending.missing(upload).get(0).getString("url");
        assertEquals(200, Sending.put(url, new byte[100]).statusCode());
        Psql.column(
                "update uploads set expires_at = now() - interval '1 second' where id = ? returning id",
                UUID.fromString(id));
        Await.value("EXPIRED", () -> Sending.read(maker, id).getString("state"));
        Await.value(404, () -> Sending.put(url, new byte[100]).statusCode());
        assertEquals("CONFLICT", code(id));
    }

    @Test
    void theFilesOfAnAssetGoWithIt() {
        var id = image(png(100, 100), "a.png");
        Await.until(() -> asset(id).getString("thumbnailUrl") != null, () -> asset(id));
        var asset = asset(id);
        maker.get("mutation($id: ID!) { deleteAsset(id: $id) { id } }", Map.of("id", id));
        for (var field : List.of("downloadUrl", "thumbnailUrl", "previewUrl"))
            Await.value(404, () -> Sending.get(asset.getString(field)).statusCode());
    }

    /** As of a film's version: a key that ends with a slash is all that lies below it. */
    @Test
    void wholeFoldersGoWhoeverHasPutWhatIntoThem() {
        var folder = "videos/" + UUID.randomUUID();
        for (var name : List.of("/attempt-1/poster.jpg", "/attempt-2/poster.jpg", "/left"))
            storage.put(folder + name, "image/jpeg", Buffer.buffer("x")).await().indefinitely();
        Psql.column("insert into orphaned_files (storage_key) values (?) returning id", folder + "/");
        Await.value(List.of(), () -> storage.list(folder, null, 10).await().indefinitely());
        Await.value(
                List.of("0"),
                () -> Psql.column("select count(*) from orphaned_files where storage_key = ?", folder + "/"));
    }

    @Test
    void aDamagedPictureSaysWhyThereIsNoSmallOne() {
        var bytes = Arrays.copyOf(png(300, 300), 60);
        var id = image(bytes, "a.png");
        Await.until(() -> asset(id).getJsonObject("metadata").containsKey("pictureFailure"), () -> asset(id));
        assertNull(asset(id).getValue("thumbnailUrl"));
    }

    private JsonObject start(Object... fields) {
        var input = Work.map(fields);
        input.put("requestId", request);
        var flat = input.entrySet().stream()
                .flatMap(e -> java.util.stream.Stream.of(e.getKey(), e.getValue()))
                .toArray();
        return Sending.start(maker, flat);
    }

    private String image(byte[] bytes, String filename) {
        return Sending.asset(maker, bytes, "requestId", request, "filename", filename, "contentType", "image/png");
    }

    private String code(String id) {
        return maker.code(Sending.COMPLETE, Map.of("id", id));
    }

    private JsonObject asset(String id) {
        return maker.get(ASSET, Map.of("id", id)).getJsonObject("asset");
    }

    private static byte[] png(int width, int height) {
        try {
            var bytes = new ByteArrayOutputStream();
            ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB), "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
