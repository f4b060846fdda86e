package io.agencyos.review;

import java.io.StringReader;
import java.util.Collections;
import java.util.List;

import jakarta.json.Json;
import jakarta.json.JsonValue;

import io.agencyos.db.ErrorCode;
import io.agencyos.db.Refusal;
import io.agencyos.testing.Story;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** What is a drawing is one in Java and in SQL, and what is none is none in both. */
class DrawingTest {

    @RegisterExtension
    static final Story story = new Story();

    private static final String RECTANGLE =
            "{\"type\": \"rectangle\", \"stroke\": \"#ff0000\", \"strokeWidth\": 0.01, \"x1\": 0, \"y1\": 0.25, \"x2\": 1, \"y2\": 1.0}";
    private static final String ELLIPSE = RECTANGLE.replace("rectangle", "ellipse");
    private static final String ARROW = RECTANGLE.replace("rectangle", "arrow");
    private static final String FREEHAND =
            "{\"type\": \"freehand\", \"stroke\": \"#00FF00\", \"strokeWidth\": 1e-3, \"points\": [[0, 0], [0.5, 1]]}";
    private static final String TEXT =
            "{\"type\": \"text\", \"stroke\": \"#0000ff\", \"text\": \"<b>& \\\"'\", \"x\": 0.1, \"y\": 0.2, \"size\": 0.05}";

    @Test
    void everyKindOfShapeIsTaken() {
        var drawing =
                "{\"version\": 1, \"shapes\": [" + String.join(",", RECTANGLE, ELLIPSE, ARROW, FREEHAND, TEXT) + "]}";
        assertEquals(5, Drawing.of(json(drawing)).shapes().size());
        assertEquals("t", inSql(drawing));
    }

    @Test
    void noneIsNone() {
        assertNull(Drawing.checked(null));
        assertNull(Drawing.checked(JsonValue.NULL));
        assertEquals("t", story.asSuperuser().one("select is_drawing(null)"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "drawing ~ []",
                "drawing ~ \"text\"",
                "drawing.version ~ {}",
                "drawing.version ~ {\"version\": 2, \"shapes\": []}",
                "drawing.version ~ {\"version\": \"1\", \"shapes\": []}",
                "drawing.shapes ~ {\"version\": 1}",
                "drawing.shapes ~ {\"version\": 1, \"shapes\": []}",
                "drawing.shapes ~ {\"version\": 1, \"shapes\": {}}",
                "drawing ~ {\"version\": 1, \"shapes\": [], \"more\": 1}",
                "drawing.shapes[0] ~ {\"version\": 1, \"shapes\": [null]}",
                "drawing.shapes[0] ~ {\"version\": 1, \"shapes\": [[[[[[1]]]]]]}",
                "drawing.shapes[0].type ~ {\"version\": 1, \"shapes\": [{}]}",
                "drawing.shapes[0].type ~ {\"version\": 1, \"shapes\": [{\"type\": \"image\", \"stroke\": \"#000000\"}]}",
                "drawing.shapes[0].type ~ {\"version\": 1, \"shapes\": [{\"type\": 7}]}"
            })
    void whatIsNoDrawingIsRefusedWithItsPlace(String place, String drawing) {
        assertRefused(place, drawing);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "x1 ~ \"x1\": 0, ~ \"x1\": -0.001,",
                "x1 ~ \"x1\": 0, ~ \"x1\": 1.0000000000000000001,",
                "x1 ~ \"x1\": 0, ~ \"x1\": 1e400,",
                "x1 ~ \"x1\": 0, ~ \"x1\": \"NaN\",",
                "x1 ~ \"x1\": 0, ~ \"x1\": null,",
                "x1 ~ \"x1\": 0, ~ \"x1\": [0],",
                "x1 ~ \"x1\": 0, ~ ``",
                "strokeWidth ~ \"strokeWidth\": 0.01 ~ \"strokeWidth\": 0",
                "strokeWidth ~ \"strokeWidth\": 0.01 ~ \"strokeWidth\": true",
                "stroke ~ #ff0000 ~ red",
                "stroke ~ #ff0000 ~ #ff00001",
                "stroke ~ #ff0000 ~ #ff0000\\n",
                "stroke ~ #ff0000 ~ #f00\\\" onload=\\\"x"
            })
    void aWrongValueIsRefusedWithItsPlace(String field, String right, String wrong) {
        assertRefused("drawing.shapes[1]." + field, of(TEXT, RECTANGLE.replace(right, wrong)));
    }

    @Test
    void whatAShapeDoesNotKnowIsRefused() {
        for (var shape : List.of(RECTANGLE, ELLIPSE, ARROW, FREEHAND, TEXT))
            assertRefused("drawing.shapes[0]", of(shape.replaceFirst("\\{", "{\"onclick\": \"x\", ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "[[0, 0]]", "[[0, 0], [0]]", "[[0, 0], [0, 2]]", "[[0, 0], 1]", "{}", "[[0, 0], [0, 0, 0]]"
            })
    void aLineHasPoints(String points) {
        var drawing = of(FREEHAND.replace("[[0, 0], [0.5, 1]]", points));
        assertThrows(Refusal.class, () -> Drawing.of(json(drawing)));
        assertEquals("f", inSql(drawing));
    }

    @Test
    void aLineHas2000PointsAtMost() {
        var most = FREEHAND.replace("[0, 0]", String.join(", ", Collections.nCopies(1_999, "[0, 0]")));
        assertEquals(1, Drawing.of(json(of(most))).shapes().size());
        assertEquals("t", inSql(of(most)));
        assertRefused("drawing.shapes[0].points", of(most.replaceFirst("\\[0, 0\\]", "[0, 0], [0, 0]")));
    }

    @Test
    void aDrawingHas200ShapesAtMost() {
        var shapes = Collections.nCopies(200, RECTANGLE).toArray(String[]::new);
        assertEquals(200, Drawing.of(json(of(shapes))).shapes().size());
        assertEquals("t", inSql(of(shapes)));
        assertRefused("drawing.shapes", of(Collections.nCopies(201, RECTANGLE).toArray(String[]::new)));
    }

    @Test
    void wordsHave500CharactersAtMostHoweverWide() {
        var words = "\"<b>& \\\"'\"";
        var most = TEXT.replace(words, "\"" + "😀".repeat(500) + "\"");
        assertEquals(1, Drawing.of(json(of(most))).shapes().size());
        assertEquals("t", inSql(of(most)));
        assertRefused("drawing.shapes[0].text", of(TEXT.replace(words, "\"" + "😀".repeat(501) + "\"")));
        assertRefused("drawing.shapes[0].text", of(TEXT.replace(words, "\" \"")));
        assertRefused("drawing.shapes[0].text", of(TEXT.replace(words, "{\"$ref\": \"x\"}")));
    }

    @Test
    void aDrawingHas64KibibytesAtMost() {
        var long500 = TEXT.replace("<b>& \\\"'", "x".repeat(480));
        assertRefused("drawing", of(Collections.nCopies(150, long500).toArray(String[]::new)));
    }

    @Test
    void theConstraintHoldsForEverybody() {
        var refusal = story.asSuperuser()
                .isRefused(
                        "23514",
                        "insert into timecode_comments (video_version_id, timecode_seconds, content, drawing)"
                                + " values (gen_random_uuid(), 1, 'x', '{\"version\": 1, \"shapes\": [{}]}')");
        assertEquals(true, refusal.getMessage().contains("ck_timecode_comments_drawing"), refusal.getMessage());
    }

    private static void assertRefused(String place, String drawing) {
        var refusal = assertThrows(Refusal.class, () -> Drawing.of(json(drawing)), drawing);
        assertEquals(ErrorCode.VALIDATION_FAILED, refusal.code());
        assertEquals("drawing", refusal.details().get("field"));
        assertEquals(place, refusal.details().get("path"), refusal.getMessage());
        assertEquals("f", inSql(drawing), drawing);
    }

    private static String of(String... shapes) {
        return "{\"version\": 1, \"shapes\": [" + String.join(", ", shapes) + "]}";
    }

    private static JsonValue json(String text) {
        return Json.createReader(new StringReader(text)).readValue();
    }

    private static String inSql(String drawing) {
        return story.asSuperuser().one("select is_drawing(?::jsonb)", drawing);
    }
}
