package io.agencyos.videos;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Await;
import io.agencyos.testing.Person;
import io.agencyos.testing.Sending;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Films of a high range of brightness. Four bars say what becomes of it: black, grey paper (18 %), white paper and a
 * light of 1,000 cd/m², with the numbers that ITU-R BT.2408 gives for them (black, 38 %, 58 % or 75 %, 75 % or 100 %).
 */
@QuarkusTest
@WithTestResource(AgencyResource.class)
@WithFfmpeg
class TonesTest {

    private static final String VIDEO =
            "mutation($request: ID!) { createVideoAsset(input: {projectId: $request, title: \"Spot\"}) { id } }";
    private static final String BECAME = "query($id: ID!) { upload(id: $id) { videoVersion { id } } }";
    private static final String READ = "query($id: ID!) { videoVersion(id: $id) { processingStatus processingError"
            + " proxyUrl posterUrl thumbnailsSpriteUrl stillUrl(frame: 7) } }";
    private static final String COLOURS = "stream=color_space,color_transfer,color_primaries,color_range,pix_fmt";
    private static final String USUAL = "yuv420p,tv,bt709,bt709,bt709";

    private final Path folder = Clips.folder();
    private final Person maker = Work.user();

    @ParameterizedTest
    @CsvSource({
        "smpte2084, bt2020, bt2020nc, yuv420p10le, libx265, 397, 573, 723",
        "arib-std-b67, bt2020, bt2020nc, yuv420p10le, libx265, 397, 721, 940",
        // as if all browsers could play it, with nothing said of its colours
        "smpte2084, unknown, unknown, yuv420p, libx264, 99, 143, 181",
        "smpte2084, bt2020, gbr, gbrp10le, ffv1, 389, 593, 769"
    })
    void aHighRangeIsBroughtDownForUsualScreens(
            String transfer,
            String primaries,
            String matrix,
            String pixels,
            String codec,
            int grey,
            int white,
            int light)
            throws Exception {
        var film = bars(transfer, primaries, matrix, pixels, codec, grey, white, light);
        var version = processed(film);
        var proxy = Files.write(folder.resolve("proxy.mp4"), bytes(version.getString("proxyUrl")));
        assertEquals(USUAL, colours(proxy));
        for (var url : List.of("posterUrl", "stillUrl", "thumbnailsSpriteUrl"))
            assertUsual(picture(version.getString(url)), url);
    }

    /** Grey is what BT.1886 shows for 26 of 203 cd/m²; white is nearly so, and what is lighter can be told from it. */
    private static void assertUsual(BufferedImage picture, String what) {
        var seen = new ArrayList<Integer>();
        // of a sprite the first cell
        var width = Math.min(picture.getWidth(), 320);
        var y = Math.min(picture.getHeight(), 180) / 4;
        for (var bar = 0; bar < 4; bar++) seen.add(picture.getRGB(width * (2 * bar + 1) / 8, y) >> 8 & 0xff);
        assertEquals(0, seen.get(0), 4, what + seen);
        assertEquals(108, seen.get(1), 6, what + seen);
        assertEquals(215, seen.get(2), 6, what + seen);
        assertTrue(seen.get(3) > seen.get(2) + 15, what + seen);
    }

    @Test
    void theTonesOfOtherFilmsAreLeftAlone() throws Exception {
        var film = bars("bt709", "bt709", "bt709", "yuv422p10le", "libx265", 397, 573, 723);
        var version = processed(film);
        var still = picture(version.getString("stillUrl"));
        assertEquals(97, still.getRGB(120, 45) >> 8 & 0xff, 3);
        assertEquals(148, still.getRGB(200, 45) >> 8 & 0xff, 3);
    }

    @ParameterizedTest
    @CsvSource({"unknown, unknown", "bt709, ictcp", "film, smpte240m", "smpte432, bt2020c", "bt2020, bt2020nc"})
    void whateverAFileSaysOfItsColoursItsTonesAreBroughtDown(String primaries, String matrix) {
        var said = "setparams=color_trc=smpte2084:color_primaries=" + primaries + ":colorspace=" + matrix;
        var filter = said + "," + new Tones("smpte2084", primaries, matrix, true).filter();
        var source = "color=black:s=32x32:d=0.1,format=yuv420p10le," + filter;
        Clips.make(folder, primaries + ".png", List.of("-f", "lavfi", "-i", source, "-frames:v", "1"));
    }

    private Path bars(
            String transfer,
            String primaries,
            String matrix,
            String pixels,
            String codec,
            int grey,
            int white,
            int light) {
        var isDeep = pixels.contains("10");
        var isRgb = pixels.startsWith("gbr");
        var black = isRgb ? 0 : isDeep ? 64 : 16;
        var level = "'if(lt(X,80)," + black + ",if(lt(X,160)," + grey + ",if(lt(X,240)," + white + "," + light + ")))'";
        var middle = isDeep ? 512 : 128;
        var drawing = isRgb
                ? "geq=r=" + level + ":g=" + level + ":b=" + level
                : "geq=lum=" + level + ":cb=" + middle + ":cr=" + middle;
        var source = "nullsrc=s=320x180:r=25:d=0.6,format=" + pixels + "," + drawing;
        var arguments = new ArrayList<>(List.of("-f", "lavfi", "-i", source, "-c:v", codec));
        if (codec.equals("libx265")) arguments.addAll(List.of("-x265-params", "log-level=error"));
        arguments.addAll(List.of("-color_trc", transfer, "-colorspace", matrix.equals("gbr") ? "rgb" : matrix));
        arguments.addAll(List.of("-color_primaries", primaries));
        var film = Clips.make(folder, codec.equals("ffv1") ? "bars.mkv" : "bars.mp4", arguments);
        assertTrue(colours(film).contains(transfer), () -> colours(film));
        return film;
    }

    /** Pixels, range, matrix, transfer and primaries, in this order. */
    private static String colours(Path film) {
        return Clips.run(List.of("ffprobe", "-v", "error", "-show_entries", COLOURS, "-of", "csv=p=0", film.toString()))
                .strip();
    }

    private JsonObject processed(Path film) throws Exception {
        var id = sent(film);
        Await.until(
                () -> !read(id).getString("processingStatus").matches("PENDING|PROCESSING"),
                () -> read(id).encodePrettily());
        assertEquals("COMPLETED", read(id).getString("processingStatus"), read(id)::encodePrettily);
        return read(id);
    }

    private String sent(Path film) throws Exception {
        var bytes = Files.readAllBytes(film);
        var name = film.getFileName().toString();
        var video = maker.get(VIDEO, Work.map("request", Work.request(maker))).getJsonObject("createVideoAsset");
        var type = name.endsWith("mkv") ? "video/x-matroska" : "video/mp4";
        var upload = Sending.start(
                maker,
                "videoAssetId",
                video.getString("id"),
                "filename",
                name,
                "size",
                bytes.length,
                "contentType",
                type);
        Sending.send(upload, bytes);
        var id = upload.getString("id");
        assertEquals("COMPLETED", Sending.complete(maker, id).getString("state"));
        return maker.get(BECAME, Work.map("id", id))
                .getJsonObject("upload")
                .getJsonObject("videoVersion")
                .getString("id");
    }

    private JsonObject read(String id) {
        return maker.get(READ, Work.map("id", id)).getJsonObject("videoVersion");
    }

    private static byte[] bytes(String url) {
        var answer = Sending.get(url);
        var there = answer.statusCode() == 302
                ? Sending.get(answer.headers().firstValue("Location").orElseThrow())
                : answer;
        assertEquals(200, there.statusCode(), there::body);
        return there.body().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static BufferedImage picture(String url) throws Exception {
        return ImageIO.read(new ByteArrayInputStream(bytes(url)));
    }
}
