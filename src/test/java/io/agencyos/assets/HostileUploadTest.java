package io.agencyos.assets;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;

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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Files and names that are meant to do harm: refused in words for people, or of no consequence. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class HostileUploadTest {

    private static final String ASSET =
            "query($id: ID!) { asset(id: $id) { originalFilename fileType downloadUrl fileUrl"
                    + " thumbnailUrl width height metadata } }";
    private static final int TEN_MB = 10_000_000;

    private final Person maker = Work.user();
    private String request;

    @BeforeEach
    void aRequest() {
        request = Work.request(maker);
    }

    @Test
    void aPictureOfTwoAndAHalfBillionPixelsInAKilobyteIsMeasuredAndNotRead() {
        var bomb = png(50_000, 50_000, 1_000);
        assertTrue(bomb.length < 1024, () -> bomb.length + " bytes");
        var id = kept(bomb, "a.png", "image/png");
        Await.until(() -> asset(id).getJsonObject("metadata").containsKey("pictureFailure"), () -> asset(id));
        var asset = asset(id);
        assertEquals(
                "The picture has too many pixels",
                asset.getJsonObject("metadata").getString("pictureFailure"));
        assertEquals(List.of(50_000, 50_000), List.of(asset.getInteger("width"), asset.getInteger("height")));
        assertNull(asset.getValue("thumbnailUrl"));
    }

    @Test
    void aLargePictureInFewBytesIsReadNoLargerThanNeeded() {
        var side = 14_000;
        var id = kept(png(side, side, (side / 8 + 1) * side), "a.png", "image/png");
        Await.until(() -> asset(id).getString("thumbnailUrl") != null, () -> asset(id));
        assertEquals(side, asset(id).getInteger("width"));
    }

    @Test
    void aJpegThatHasToBeHeldWholeIsNotReadWhereItIsLarge() {
        var fine = kept(progressive(300, 200, 300, 200), "a.jpg", "image/jpeg");
        Await.until(() -> asset(fine).getString("thumbnailUrl") != null, () -> asset(fine));
        var bomb = kept(progressive(8, 8, 14_000, 14_000), "a.jpg", "image/jpeg");
        Await.until(() -> asset(bomb).getJsonObject("metadata").containsKey("pictureFailure"), () -> asset(bomb));
        assertEquals(
                "The picture has too many pixels",
                asset(bomb).getJsonObject("metadata").getString("pictureFailure"));
        assertEquals(14_000, asset(bomb).getInteger("width"));
    }

    /** A JPEG in several scans that says it has another size. */
    private static byte[] progressive(int width, int height, int saidWidth, int saidHeight) {
        var bytes = new ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (var to = ImageIO.createImageOutputStream(bytes)) {
            var how = writer.getDefaultWriteParam();
            how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.setOutput(to);
            var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            writer.write(null, new IIOImage(picture, null, null), how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        var jpeg = ByteBuffer.wrap(bytes.toByteArray());
        var frame = new String(jpeg.array(), StandardCharsets.ISO_8859_1).indexOf("\u00FF\u00C2");
        return jpeg.putShort(frame + 5, (short) saidHeight)
                .putShort(frame + 7, (short) saidWidth)
                .array();
    }

    /** A black picture of one bit a pixel, whose rows end after this many bytes. */
    private static byte[] png(int width, int height, int bytes) {
        var picture = new ByteArrayOutputStream();
        picture.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        var head = ByteBuffer.allocate(13).putInt(width).putInt(height).put(new byte[] {1, 0, 0, 0, 0});
        chunk(picture, "IHDR", head.array());
        chunk(picture, "IDAT", packed(bytes, DeflaterOutputStream::new));
        chunk(picture, "IEND", new byte[0]);
        return picture.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream picture, String type, byte[] bytes) {
        var named = ByteBuffer.allocate(4 + bytes.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(bytes)
                .array();
        var sum = new CRC32();
        sum.update(named);
        picture.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
        picture.writeBytes(named);
        picture.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }

    private interface Packing {
        java.io.OutputStream of(java.io.OutputStream to) throws IOException;
    }

    private static byte[] packed(int zeros, Packing packing) {
        var bytes = new ByteArrayOutputStream();
        try (var to = packing.of(bytes)) {
            to.write(new byte[zeros]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] zip() {
        return packed(TEN_MB, to -> {
            var zip = new ZipOutputStream(to);
            zip.putNextEntry(new ZipEntry("../../etc/passwd"));
            return zip;
        });
    }

    @Test
    void anArchiveThatGrowsIsNeitherAPictureNorAFilm() {
        refused(zip(), "a.png", "image/png");
        refused(zip(), "a.mp4", "video/mp4");
        refused(zip(), "a.svg", "image/svg+xml");
        refused(packed(TEN_MB, GZIPOutputStream::new), "a.svgz", "image/svg+xml");
        refused(packed(TEN_MB, GZIPOutputStream::new), "a.gz", "application/octet-stream");
    }

    @Test
    void anArchiveIsKeptAsItIsAndNeverOpened() {
        var zip = zip();
        var saved = Sending.get(asset(kept(zip, "a.zip", "application/zip")).getString("fileUrl"));
        assertEquals(new String(zip, StandardCharsets.ISO_8859_1), saved.body());
        assertTrue(header(saved, "Content-Disposition").startsWith("attachment"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1.0,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
                "#EXTM3U\n#EXTINF:1.0,\nhttp://127.0.0.1:9/x.ts\n",
                "ffconcat version 1.0\nfile '/etc/passwd'\n",
                "[playlist]\nFile1=http://127.0.0.1:9/x\nNumberOfEntries=1\n",
                "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"><Period/></MPD>",
                "v=0\nc=IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\n",
                "<!DOCTYPE html><script>alert(1)</script>",
                "Words in a text, and some more of them.\n"
            })
    void whatLeadsElsewhereIsNoFilm(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        refused(bytes, "a.mp4", "video/mp4");
        refused(bytes, "a.m3u8", "application/vnd.apple.mpegurl");
        refused(bytes, "a.m3u", "audio/x-mpegurl");
        refused(bytes, "a.mpd", "video/mp4");
    }

    /** What cameras and broadcasters write is told by its bytes, whatever else is in them. */
    @Test
    void filmsOfBroadcastersAreKnownByTheirBytes() {
        var packets = new byte[4 * 188];
        for (var at = 0; at < packets.length; at += 188) packets[at] = 0x47;
        assertEquals("video/mp2t", MediaKind.of(packets, null));
        var mxf = HexFormat.of().parseHex("060e2b34020501010d01020101020400");
        assertEquals("application/mxf", MediaKind.of(mxf, null));
    }

    @ParameterizedTest
    @CsvSource({"text/html, a.html", "application/xhtml+xml, a.xhtml", "text/xml, a.xml", "text/javascript, a.js"})
    void whatABrowserRunsIsNotTakenAtAll(String type, String name) {
        var error =
                Sending.refusedStart(maker, "requestId", request, "filename", name, "size", 10, "contentType", type);
        assertEquals("contentType", error.getString("field"), error::encode);
    }

    /** A picture that is a page as well stays a picture, and no browser looks for the page in it. */
    @Test
    void aPageInAPictureIsAPicture() {
        var both = "GIF89a/*<script>alert(1)</script>*/=1;".getBytes(StandardCharsets.UTF_8);
        var shown = Sending.get(asset(kept(both, "a.html", "image/gif")).getString("fileUrl"));
        assertEquals("image/gif", header(shown, "Content-Type"));
        assertEquals("nosniff", header(shown, "X-Content-Type-Options"));
        assertTrue(header(shown, "Content-Security-Policy").contains("sandbox"));
    }

    @Test
    void aPageInThePropertiesOfAPhotographIsNotLookedFor() {
        var page = "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.US_ASCII);
        var jpeg = progressive(8, 8, 8, 8);
        var said = ByteBuffer.allocate(jpeg.length + 4 + page.length)
                .put(jpeg, 0, 2)
                .putShort((short) 0xFFFE)
                .putShort((short) (2 + page.length))
                .put(page)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
        assertHarmless(kept(said, "a.html", "image/jpeg"), "image/jpeg", "inline");
    }

    /** Its viewer runs no page, and what begins like a document is not taken for a page. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF\n",
                "%PDF-1.4\n<html><script>alert(1)</script></html>\n%%EOF\n"
            })
    void aDocumentIsOnlyEverADocument(String text) {
        var id = kept(text.getBytes(StandardCharsets.US_ASCII), "a.html", "application/pdf");
        assertTold(id, "application/pdf", "inline");
    }

    private void assertHarmless(String id, String type, String disposition) {
        var shown = assertTold(id, type, disposition);
        assertTrue(header(shown, "Content-Security-Policy").contains("sandbox"));
    }

    private HttpResponse<String> assertTold(String id, String type, String disposition) {
        var shown = Sending.get(asset(id).getString("fileUrl"));
        assertEquals(type, header(shown, "Content-Type"));
        assertEquals("nosniff", header(shown, "X-Content-Type-Options"));
        assertTrue(header(shown, "Content-Disposition").startsWith(disposition), header(shown, "Content-Disposition"));
        return shown;
    }

    @Test
    void aWebpThatSaysThatItIsHugeIsMeasuredAndNotRead() {
        var side = 50_000 - 1;
        var webp = ByteBuffer.allocate(30).order(ByteOrder.LITTLE_ENDIAN);
        webp.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(22);
        webp.put("WEBPVP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10).putInt(0);
        for (var i = 0; i < 2; i++) webp.putShort((short) side).put((byte) (side >> 16));
        var id = kept(webp.array(), "a.webp", "image/webp");
        Await.until(() -> asset(id).getJsonObject("metadata").containsKey("pictureFailure"), () -> asset(id));
        var asset = asset(id);
        assertEquals(
                "The picture has too many pixels",
                asset.getJsonObject("metadata").getString("pictureFailure"));
        assertEquals(50_000, asset.getInteger("height"));
        assertNull(asset.getValue("thumbnailUrl"));
    }

    /** Nobody draws it here, so that neither its size nor what it is made of takes any memory. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<svg xmlns='http://www.w3.org/2000/svg' width='50000' height='50000'><rect width='9' height='9'/></svg>",
                "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
                        + "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;'>"
                        + "<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
                        + "<svg xmlns='http://www.w3.org/2000/svg'><text>&d;&d;&d;&d;&x;</text></svg>"
            })
    void aDrawingThatIsHugeOrGrowsIsKeptAsItIs(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var id = kept(bytes, "a.svg", "image/svg+xml");
        var later = kept(png(8, 8, 16), "a.png", "image/png");
        Await.until(() -> asset(later).getString("thumbnailUrl") != null, () -> asset(later));
        assertNull(asset(id).getValue("thumbnailUrl"));
        assertHarmless(id, "image/svg+xml", "attachment");
        assertEquals(text, Sending.get(asset(id).getString("downloadUrl")).body());
    }

    @ParameterizedTest
    @CsvSource({
        "'a\r\nSet-Cookie: a=b\r\n\r\n<script>.png', aSet-Cookie a=bscript.png",
        "'\u202Egnp.exe\u2066\u200B.png', gnp.exe.png",
        "'a\u0000.html\u0000.png', a.html.png",
        "'\"; filename=\"b.exe', _; filename=_b.exe",
        "'a\u0085\u2028b.png', ab.png"
    })
    void aNameDoesNothingInAHeader(String name, String plain) {
        var answer = Sending.get(asset(kept(png(8, 8, 16), name, "image/png")).getString("downloadUrl"));
        assertEquals(200, answer.statusCode());
        var disposition = header(answer, "Content-Disposition");
        assertTrue(disposition.matches("attachment; filename=\"[ !#-~]*\"; filename\\*=UTF-8''[A-Za-z0-9%._~-]+"));
        assertFalse(disposition.matches(".*%(0[0AD]|E2%80%(AE|A8|8B)|E2%81%A6|C2%85).*"), disposition);
        assertTrue(answer.headers().firstValue("Set-Cookie").isEmpty());
        assertTrue(letters(disposition).contains(letters(plain)), disposition);
    }

    private static String letters(String text) {
        return text.replaceAll("[^A-Za-z]", "");
    }

    @Test
    void aNameOfFourThousandCharactersIsRefusedAndOneOfAThousandIsCut() {
        var error = Sending.refusedStart(
                maker, "requestId", request, "filename", "a".repeat(4_000), "size", 10, "contentType", "image/png");
        assertEquals("VALIDATION_FAILED", error.getString("code"));
        assertEquals("filename", error.getString("field"));
        var name = "東".repeat(996) + ".png";
        var answer = Sending.get(asset(kept(png(8, 8, 16), name, "image/png")).getString("downloadUrl"));
        assertEquals(200, answer.statusCode());
        assertTrue(header(answer, "Content-Disposition").endsWith(".png"));
        assertTrue(header(answer, "Content-Disposition").length() < 4_000);
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private String kept(byte[] bytes, String name, String type) {
        return Sending.asset(maker, bytes, "requestId", request, "filename", name, "contentType", type);
    }

    /** At its beginning, or when its bytes are looked at; then nothing is made of it. */
    private void refused(byte[] bytes, String name, String type) {
        var input = Work.map("requestId", request, "filename", name, "size", bytes.length, "contentType", type);
        var answer = maker.ask(
                "mutation($input: StartUploadInput!) { startUpload(input: $input) " + Sending.FIELDS + " }",
                Map.of("input", input));
        if (answer.containsKey("errors")) {
            assertTrue(answer.encode().contains("are not taken here"), answer::encode);
            return;
        }
        var upload = answer.getJsonObject("data").getJsonObject("startUpload");
        Sending.send(upload, bytes);
        var id = upload.getString("id");
        assertEquals("VALIDATION_FAILED", maker.code(Sending.COMPLETE, Map.of("id", id)), () -> name + " " + type);
        var after = Sending.read(maker, id);
        assertEquals("FAILED", after.getString("state"));
        assertTrue(after.getString("failure").matches("The file is .*, not .*|Files of type .* are not taken here"));
        assertNull(after.getValue("asset"));
    }

    private JsonObject asset(String id) {
        return maker.get(ASSET, Map.of("id", id)).getJsonObject("asset");
    }
}
