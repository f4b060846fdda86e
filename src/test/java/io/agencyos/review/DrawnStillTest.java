package io.agencyos.review;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Await;
import io.agencyos.testing.Person;
import io.agencyos.testing.Psql;
import io.agencyos.testing.Sending;
import io.agencyos.testing.Work;
import io.agencyos.videos.Clips;
import io.agencyos.videos.WithFfmpeg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What is drawn on a frame is seen on a picture of that very frame, by those who may see the comment. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
@WithFfmpeg
class DrawnStillTest {

    private static final String READ = "query($id: ID!) { videoVersion(id: $id) { processingStatus } }";
    private static final String STILLS = "query($id: ID!, $drawn: Boolean) { timecodeComment(id: $id) {"
            + " plain: stillUrl still: stillUrl(drawn: $drawn) } }";
    private static final String EDIT = "mutation($id: ID!, $input: UpdateTimecodeCommentInput!) {"
            + " updateTimecodeComment(id: $id, input: $input) { id } }";
    private static final int RED = 0xffff0000;
    private static final int GREEN = 0xff00ff00;

    private final Person maker = Work.user();
    private String client;
    private String video;

    @BeforeEach
    void aVideo() {
        client = Work.client();
        video = Work.video(Work.request(maker, "clientId", client), "created_by", maker.id());
    }

    @Test
    void aRectangleLiesOnTheFrameOfItsCommentAndTheRestIsTheFilm() {
        var comment = Work.timecodeComment(maker, counter(), "frame", 29, "drawing", box("#ff0000"));
        var plain = picture(plainUrl(comment));
        var drawn = picture(url(comment));
        assertEquals("320x180", drawn.getWidth() + "x" + drawn.getHeight());
        assertEquals(29, Clips.number(drawn));
        // from 80, 90 to 240, 162, with a line of 9 pixels
        for (var edge : List.of(point(160, 90), point(160, 162), point(80, 126), point(240, 126)))
            assertEquals(RED, drawn.getRGB(edge[0], edge[1]), edge[0] + ", " + edge[1]);
        for (var y = 0; y < 180; y++)
            for (var x = 0; x < 320; x++)
                if (x < 74 || x > 246 || y < 84 || y > 168 || x > 86 && x < 234 && y > 96 && y < 156)
                    assertEquals(plain.getRGB(x, y), drawn.getRGB(x, y), x + ", " + y);
    }

    @Test
    void wordsAreWritten() {
        var text = shape("text", "stroke", "#00ff00", "x", 0.1, "y", 0.5, "size", 0.2, "text", "Louder & <b>");
        var comment = Work.timecodeComment(maker, counter(), "frame", 3, "drawing", drawing(text));
        var drawn = picture(url(comment));
        var green = IntStream.range(80, 140)
                .mapToLong(y -> IntStream.range(0, 320)
                        .filter(x -> drawn.getRGB(x, y) == GREEN)
                        .count())
                .sum();
        assertTrue(green > 200, green + " pixels");
        assertEquals(3, Clips.number(drawn));
    }

    @Test
    void aFilmOfAnUprightPhoneIsDrawnOnAsItIsShown() {
        var folder = Clips.folder();
        var lying = Clips.film(folder, "lying.mp4", "25", 1);
        var turned = Clips.make(
                folder, "turned.mp4", List.of("-i", lying.toString(), "-c", "copy", "-metadata:s:v:0", "rotate=90"));
        var top = shape(
                "rectangle", "stroke", "#ff0000", "strokeWidth", 0.03, "x1", 0.2, "y1", 0.7, "x2", 0.8, "y2", 0.9);
        var comment = Work.timecodeComment(maker, uploaded(turned), "frame", 7, "drawing", drawing(top));
        var plain = picture(plainUrl(comment));
        var drawn = picture(url(comment));
        assertEquals("180x320", drawn.getWidth() + "x" + drawn.getHeight());
        assertEquals(RED, drawn.getRGB(90, 224));
        assertEquals(RED, drawn.getRGB(90, 288));
        for (var y = 0; y < 200; y++)
            for (var x = 0; x < 180; x++) assertEquals(plain.getRGB(x, y), drawn.getRGB(x, y), x + ", " + y);
    }

    @Test
    void whatIsDrawnAnewIsANewPicture() {
        var comment = Work.timecodeComment(maker, counter(), "frame", 5, "drawing", box("#ff0000"));
        var before = url(comment);
        assertEquals(RED, picture(before).getRGB(160, 90));
        assertEquals(before, url(comment));
        edit(comment, "drawing", box("#00ff00"));
        var after = url(comment);
        assertNotEquals(before, after);
        assertEquals(GREEN, picture(after).getRGB(160, 90));
        assertEquals(404, get(before).statusCode());
        edit(comment, "frame", 6);
        assertEquals(404, get(after).statusCode());
        assertEquals(6, Clips.number(picture(url(comment))));
        edit(comment, "drawing", null);
        assertEquals(plainUrl(comment), url(comment));
    }

    @Test
    void anAddressCannotBeMadeUp() {
        var version = counter();
        var comment = Work.timecodeComment(maker, version, "frame", 5, "drawing", box("#ff0000"));
        var other = Work.timecodeComment(maker, version, "frame", 5, "drawing", box("#00ff00"));
        var url = url(comment);
        assertEquals(403, get(url.replace(comment, other)).statusCode());
        assertEquals(403, get(url.replaceAll("[?].*", "")).statusCode());
        assertEquals(403, get(url.replaceAll("signature=.", "signature=x")).statusCode());
    }

    @Test
    void clientsSeeNoneOfAnInternalComment() {
        var version = counter();
        var member = Work.member(client);
        var hidden = Work.timecodeComment(maker, version, "frame", 5, "drawing", box("#ff0000"), "isInternal", true);
        var open = Work.timecodeComment(maker, version, "frame", 5, "drawing", box("#ff0000"));
        assertEquals("NOT_FOUND", member.code(STILLS, Work.map("id", hidden, "drawn", true)));
        assertEquals(RED, picture(url(hidden)).getRGB(160, 90));
        var url = member.get(STILLS, Work.map("id", open, "drawn", true))
                .getJsonObject("timecodeComment")
                .getString("still");
        assertEquals(RED, picture(url).getRGB(160, 90));
        Psql.column("update timecode_comments set is_internal = true where id = ?::uuid returning id", open);
        assertEquals(404, get(url).statusCode());
    }

    @Test
    void whereNoFrameIsKnownThereIsNoPicture() {
        var version = Work.version(video, "frame_rate", null);
        var comment = Work.timecodeComment(maker, version, "timecodeSeconds", 1.0, "drawing", box("#ff0000"));
        assertNull(url(comment));
        var elsewhere = Work.timecodeComment(maker, Work.version(video), "frame", 1, "drawing", box("#ff0000"));
        assertNull(url(elsewhere));
    }

    private String counter() {
        return uploaded(Clips.film(Clips.folder(), "f.mp4", "24000/1001", 2));
    }

    /** The version that a film becomes, when it is ready. */
    private String uploaded(Path film) {
        var bytes = bytes(film);
        var upload = Sending.start(
                maker, "videoAssetId", video, "filename", "f.mp4", "size", bytes.length, "contentType", "video/mp4");
        Sending.send(upload, bytes);
        var id = Sending.complete(maker, upload.getString("id")).getString("id");
        Await.value("COMPLETED", () -> maker.get(READ, Work.map("id", id))
                .getJsonObject("videoVersion")
                .getString("processingStatus"));
        return id;
    }

    private static byte[] bytes(Path film) {
        try {
            return Files.readAllBytes(film);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> box(String colour) {
        return drawing(shape(
                "rectangle", "stroke", colour, "strokeWidth", 0.05, "x1", 0.25, "y1", 0.5, "x2", 0.75, "y2", 0.9));
    }

    private static Map<String, Object> shape(String type, Object... fields) {
        var shape = Work.map(fields);
        shape.put("type", type);
        return shape;
    }

    private static Map<String, Object> drawing(Map<String, Object> shape) {
        return Work.map("version", 1, "shapes", List.of(shape));
    }

    private static int[] point(int x, int y) {
        return new int[] {x, y};
    }

    private void edit(String comment, String field, Object value) {
        maker.get(EDIT, Work.map("id", comment, "input", Work.map(field, value)));
    }

    private String url(String comment) {
        return maker.get(STILLS, Work.map("id", comment, "drawn", true))
                .getJsonObject("timecodeComment")
                .getString("still");
    }

    private String plainUrl(String comment) {
        return maker.get(STILLS, Work.map("id", comment, "drawn", false))
                .getJsonObject("timecodeComment")
                .getString("plain");
    }

    private static Response get(String url) {
        return given().urlEncodingEnabled(false).get(url);
    }

    private static BufferedImage picture(String url) {
        var answer = get(url);
        assertEquals(200, answer.statusCode(), answer::asString);
        assertEquals("image/png", answer.contentType());
        try {
            return ImageIO.read(new ByteArrayInputStream(answer.asByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
