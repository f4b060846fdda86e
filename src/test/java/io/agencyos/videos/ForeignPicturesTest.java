package io.agencyos.videos;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** WebP, AVIF and other pictures as assets: what can be seen of them, and what is said where nothing can. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
@WithFfmpeg
class ForeignPicturesTest {

    private static final String READ =
            "query($id: ID!) { asset(id: $id) { width height thumbnailUrl previewUrl metadata } }";

    private final Path folder = Clips.folder();
    private final Person maker = Work.user();

    @Test
    void aWebpPictureIsMeasuredAndMadeSmall() throws Exception {
        for (var how : List.of("0", "1")) {
            var asset = looked(webp("-c:v", "libwebp", "-frames:v", "1", "-lossless", how));
            assertSize(asset);
            var seen = picture(asset.getString("thumbnailUrl"));
            assertEquals("320x160", seen.getWidth() + "x" + seen.getHeight());
            assertTrue((seen.getRGB(100, 100) >> 16 & 0xff) > 200 && (seen.getRGB(100, 100) & 0xff) < 60, "red");
        }
    }

    @Test
    void oneThatMovesIsOnlyMeasuredAndADamagedOneToo() throws Exception {
        var moving = webp("-c:v", "libwebp_anim");
        var still = webp("-c:v", "libwebp", "-frames:v", "1", "-lossless", "0");
        for (var picture : List.of(moving, Arrays.copyOf(still, 40))) {
            var asset = looked(picture);
            assertSize(asset);
            assertNull(asset.getString("thumbnailUrl"));
            assertEquals(
                    "The picture is damaged, or it moves",
                    asset.getJsonObject("metadata").getString("pictureFailure"));
        }
    }

    @Test
    void anAvifPictureIsMeasuredAndMadeSmall() throws Exception {
        var asset = looked(avif(), "p.avif", "image/avif");
        assertSize(asset);
        var seen = picture(asset.getString("thumbnailUrl"));
        assertEquals("320x160", seen.getWidth() + "x" + seen.getHeight());
        assertTrue((seen.getRGB(100, 100) >> 16 & 0xff) > 200 && (seen.getRGB(100, 100) & 0xff) < 60, "red");
        assertEquals(1600 / 2, picture(asset.getString("previewUrl")).getWidth());
    }

    @Test
    void oneOfTheSameFamilyThatCannotBeReadSaysSo() throws Exception {
        // as phones make them: pictures of HEVC
        var heic = new String(avif(), StandardCharsets.ISO_8859_1)
                .replace("ftypavif", "ftypheic")
                .replace("av01", "hvc1")
                .getBytes(StandardCharsets.ISO_8859_1);
        var cut = Arrays.copyOf(avif(), 350);
        for (var asset : List.of(looked(heic, "p.heic", "image/heic"), looked(cut, "c.avif", "image/avif"))) {
            assertSize(asset);
            assertNull(asset.getString("thumbnailUrl"));
            assertEquals(
                    "The picture is damaged, or of a kind that is not read here",
                    asset.getJsonObject("metadata").getString("pictureFailure"));
        }
    }

    @Test
    void oneThatItsFileTurnsIsMeasuredAsItIsSeen() throws Exception {
        var text = new String(avif(), StandardCharsets.ISO_8859_1);
        // a quarter to the left, in place of how many bits its colours have
        var turned = text.replace("\0\0\0\u0010pixi\0\0\0\0\3\b\b\b", "\0\0\0\u0010irot\1\0\0\0\0\0\0\0")
                .getBytes(StandardCharsets.ISO_8859_1);
        var asset = looked(turned, "t.avif", "image/avif");
        assertEquals("400x800", asset.getInteger("width") + "x" + asset.getInteger("height"), asset::encode);
        assertNull(asset.getString("thumbnailUrl"));
        assertEquals(
                "The picture is turned by its file",
                asset.getJsonObject("metadata").getString("pictureFailure"));
    }

    @Test
    void oneOfAnyOtherKindSaysThatItIsNotRead() {
        var tiff = "II*\0\b\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
        var id = sent(tiff, "p.tif", "image/tiff");
        assertEquals(
                "Pictures of this kind are not read",
                read(id).getJsonObject("metadata").getString("pictureFailure"));
        assertNull(read(id).getValue("width"));
    }

    private byte[] avif() throws Exception {
        var red = List.of("-f", "lavfi", "-i", "color=red:s=800x400", "-frames:v", "1", "-c:v", "libaom-av1");
        return Files.readAllBytes(Clips.make(
                folder,
                "p.avif",
                Stream.concat(red.stream(), Stream.of("-cpu-used", "8")).toList()));
    }

    private static BufferedImage picture(String url) throws Exception {
        return ImageIO.read(new ByteArrayInputStream(Sending.get(url).body().getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static void assertSize(JsonObject asset) {
        assertEquals("800x400", asset.getInteger("width") + "x" + asset.getInteger("height"), asset::encode);
    }

    private byte[] webp(String... how) throws Exception {
        var arguments = new ArrayList<>(List.of("-f", "lavfi", "-i", "color=red:s=800x400:r=5:d=1"));
        // two colours, or what does not move would be taken for a single picture
        arguments.addAll(List.of("-vf", "drawbox=x=0:y=0:w=40:h=40:t=fill:color=white:enable='gt(n,1)'"));
        arguments.addAll(List.of(how));
        return Files.readAllBytes(Clips.make(folder, "p.webp", arguments));
    }

    private JsonObject looked(byte[] bytes) {
        return looked(bytes, "p.webp", "image/webp");
    }

    private JsonObject looked(byte[] bytes, String name, String type) {
        var id = sent(bytes, name, type);
        Await.until(() -> read(id).getInteger("width") != null, () -> read(id));
        return read(id);
    }

    private String sent(byte[] bytes, String name, String type) {
        return Sending.asset(maker, bytes, "requestId", Work.request(maker), "filename", name, "contentType", type);
    }

    private JsonObject read(String id) {
        return maker.get(READ, Work.map("id", id)).getJsonObject("asset");
    }
}
