package io.agencyos.videos;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** WebP pictures as assets: what can be seen of them, and what is said where nothing can. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
@WithFfmpeg
class WebpPicturesTest {

    private static final String READ =
            "query($id: ID!) { asset(id: $id) { width height thumbnailUrl previewUrl metadata } }";

    private final Path folder = Clips.folder();
    private final Person maker = Work.user();

    @Test
    void aWebpPictureIsMeasuredAndMadeSmall() throws Exception {
        for (var how : List.of("0", "1")) {
            var asset = looked(webp("-c:v", "libwebp", "-frames:v", "1", "-lossless", how));
            assertSize(asset);
            var url = asset.getString("thumbnailUrl");
            var seen = ImageIO.read(
                    new ByteArrayInputStream(Sending.get(url).body().getBytes(StandardCharsets.ISO_8859_1)));
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
        var id = Sending.asset(
                maker, bytes, "requestId", Work.request(maker), "filename", "p.webp", "contentType", "image/webp");
        Await.until(() -> read(id).getInteger("width") != null, () -> read(id));
        return read(id);
    }

    private JsonObject read(String id) {
        return maker.get(READ, Work.map("id", id)).getJsonObject("asset");
    }
}
