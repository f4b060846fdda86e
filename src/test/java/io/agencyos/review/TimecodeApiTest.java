package io.agencyos.review;

import java.util.List;
import java.util.Map;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.StatementLog;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Places said and told as SMPTE timecodes, in seconds and as frames. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class TimecodeApiTest {

    private static final String FIELDS =
            "{ id timecode endTimecode frame endFrame timecodeSeconds endTimecodeSeconds }";
    private static final String CREATE = "mutation($input: CreateTimecodeCommentInput!) {"
            + " createTimecodeComment(input: $input) " + FIELDS + " }";
    private static final String UPDATE = "mutation($id: ID!, $input: UpdateTimecodeCommentInput!) {"
            + " updateTimecodeComment(id: $id, input: $input) " + FIELDS + " }";
    private static final String ONLY_TIMECODES = "query($id: ID!) { videoAsset(id: $id) { versions { nodes {"
            + " timecodeComments { nodes { timecode endTimecode videoVersion { id } } } } } } }";

    private final Person maker = Work.user();
    private String video;
    private String film;

    @BeforeEach
    void aFilmInDropFrame() {
        video = Work.video(Work.request(maker));
        film = Work.version(
                video,
                "frame_rate",
                29.97,
                "start_timecode",
                "01:00:00;00",
                "drop_frame",
                true,
                "duration_seconds",
                600);
    }

    @Test
    void aCommentIsPutAtATimecodeAndToldAtOne() {
        var made = create("timecode", "01:01:00;02", "endTimecode", "01:01:00:11");
        assertPlace(made, "01:01:00;02", 1800, 60.06);
        assertEquals("01:01:00;11", made.getString("endTimecode"));
        assertEquals(1809, made.getInteger("endFrame"));
        assertEquals(60.36, made.getDouble("endTimecodeSeconds"));
    }

    @Test
    void eachWayOfSayingAPlaceNamesTheSameFrame() {
        assertPlace(create("frame", 1800), "01:01:00;02", 1800, 60.06);
        assertPlace(create("timecodeSeconds", 60.05), "01:01:00;02", 1800, 60.06);
        var mixed = create("frame", 1800, "endTimecodeSeconds", 60.36);
        assertEquals("01:01:00;11", mixed.getString("endTimecode"));
        assertNull(create("frame", 1800).getValue("endTimecode"));
    }

    @Test
    void aPlaceIsSaidInOneWay() {
        assertEquals("frame", refused("timecodeSeconds", 1, "frame", 30));
        assertEquals("timecode", refused("frame", 30, "timecode", "01:00:01;00"));
        assertEquals("endTimecode", refused("frame", 30, "endFrame", 40, "endTimecode", "01:00:02;00"));
        assertEquals("endFrame", refused("frame", 30, "endTimecodeSeconds", 40, "endFrame", 40));
        assertEquals("timecodeSeconds", refused());
    }

    @Test
    void whatIsNoTimecodeOfTheFilmIsRefused() {
        for (var text :
                List.of("", "1:00", "01:01:00;00", "01:00:00;30", "01:00:60;00", "00:59:59;29", "x".repeat(5000)))
            assertEquals("timecode", refused("timecode", text), text);
        var answer = maker.ask(CREATE, input("timecode", "01:01:00;01"))
                .getJsonArray("errors")
                .getJsonObject(0);
        assertEquals("Drop-frame timecode leaves out 01:01:00;01", answer.getString("message"));
        assertEquals("endTimecode", refused("frame", 1, "endTimecode", "01:01:00;00"));
        film = Work.version(video);
        assertEquals("timecode", refused("timecode", "00:00:01;00"));
        assertPlace(create("timecode", "00:00:01:05"), "00:00:01:05", 30, 1.2);
    }

    @Test
    void aPlaceBehindTheEndIsRefusedInTheWordsOfWhoSaidIt() {
        assertEquals("frame", refused("frame", 17_982));
        assertEquals("timecode", refused("timecode", "01:10:00;00"));
        assertEquals("timecodeSeconds", refused("timecodeSeconds", 600.1));
        assertEquals("endFrame", refused("frame", 1, "endFrame", 17_982));
        assertEquals("endTimecode", refused("frame", 1, "endTimecode", "01:10:00;00"));
        assertEquals("endTimecodeSeconds", refused("frame", 1, "endTimecodeSeconds", 600.1));
        assertPlace(create("timecodeSeconds", 600), "01:09:59;29", 17_981, 599.966);
    }

    @Test
    void aRangeThatEndsBeforeItStartsIsRefusedInTheSameWay() {
        assertEquals("endFrame", refused("frame", 5, "endFrame", 4));
        assertEquals("endTimecode", refused("frame", 5, "endTimecode", "01:00:00;04"));
        assertEquals("endTimecodeSeconds", refused("frame", 50, "endTimecodeSeconds", 0.1));
    }

    @Test
    void withoutARateThereAreSecondsOnly() {
        film = Work.version(video, "frame_rate", null);
        var made = create("timecodeSeconds", 1.234, "endTimecodeSeconds", 5.678);
        assertPlace(made, null, null, 1.234);
        assertEquals(5.678, made.getDouble("endTimecodeSeconds"));
        assertNull(made.getValue("endTimecode"));
        assertEquals("frame", refused("frame", 1));
        assertEquals("timecode", refused("timecode", "00:00:01:00"));
        assertEquals("endFrame", refused("timecodeSeconds", 1, "endFrame", 30));
        assertEquals("endTimecode", refused("timecodeSeconds", 1, "endTimecode", "00:00:01:00"));
        var id = made.getString("id");
        assertEquals("timecode", refusedChange(id, "timecode", "00:00:01:00"));
        assertEquals("frame", refusedChange(id, "frame", 3));
    }

    @Test
    void aCommentMovesToATimecode() {
        var id = create("frame", 10, "endFrame", 20).getString("id");
        var moved = update(id, "timecode", "01:00:00;15");
        assertPlace(moved, "01:00:00;15", 15, 0.501);
        assertEquals(20, moved.getInteger("endFrame"));
        assertEquals(30, update(id, "endTimecode", "01:00:01;00").getInteger("endFrame"));
        assertEquals(60, update(id, "endTimecodeSeconds", 2.0).getInteger("endFrame"));
        var point = update(id, "endTimecode", null);
        assertNull(point.getValue("endFrame"));
        assertNull(point.getValue("endTimecodeSeconds"));
        assertEquals(1, update(id, "timecodeSeconds", 0.04, "frame", null).getInteger("frame"));
        assertEquals("timecode", refusedChange(id, "frame", 3, "timecode", "01:00:00;03"));
        assertEquals("timecodeSeconds", refusedChange(id, "timecode", null));
        assertEquals("timecode", refusedChange(id, "timecode", "01:01:00;00"));
    }

    @Test
    void onAFilmThatIsNotSeenNothingIsFound() {
        film = Work.version(Work.video(Work.request(maker)));
        assertEquals("NOT_FOUND", Work.stranger().code(CREATE, input("timecode", "00:00:01:00")));
        assertEquals("NOT_FOUND", Work.stranger().code(CREATE, input("frame", 1)));
    }

    @Test
    void theTimecodesOfAListAreOneStatementEach() {
        var other = Work.version(video, "start_timecode", "10:00:00:00");
        for (var version : List.of(film, other))
            for (var i = 0; i < 3; i++) Work.timecodeComment(maker, version, "frame", 10 * i, "endFrame", 10 * i + 5);
        Work.timecodeComment(maker, Work.version(video, "frame_rate", null));
        Map<String, Object> variables = Map.of("id", video);
        maker.get(ONLY_TIMECODES, variables);
        var transactions = StatementLog.during(() -> maker.get(ONLY_TIMECODES, variables), maker.id());
        var reading = transactions.get(0).stream()
                .filter(s -> s.matches("(?s).* from video_versions where id = any.*"))
                .count();
        assertEquals(2, reading, transactions::toString);
        var told = maker.get(ONLY_TIMECODES, variables).encode();
        for (var text : List.of("01:00:00;20", "01:00:00;25", "10:00:00:20", "10:00:01:00", "\"timecode\":null"))
            assertTrue(told.contains(text), told);
    }

    private JsonObject create(Object... fields) {
        return maker.get(CREATE, input(fields)).getJsonObject("createTimecodeComment");
    }

    private Map<String, Object> input(Object... fields) {
        var input = Work.map(fields);
        input.put("videoVersionId", film);
        input.put("content", "Here");
        return Work.map("input", input);
    }

    private String refused(Object... fields) {
        return field(maker.error(CREATE, input(fields)));
    }

    private JsonObject update(String id, Object... fields) {
        return maker.get(UPDATE, Work.map("id", id, "input", Work.map(fields))).getJsonObject("updateTimecodeComment");
    }

    private String refusedChange(String id, Object... fields) {
        return field(maker.error(UPDATE, Work.map("id", id, "input", Work.map(fields))));
    }

    private static String field(JsonObject error) {
        assertEquals("VALIDATION_FAILED", error.getString("code"), error.encode());
        return error.getString("field");
    }

    private static void assertPlace(JsonObject comment, String timecode, Integer frame, double seconds) {
        assertEquals(timecode, comment.getString("timecode"));
        assertEquals(frame, comment.getInteger("frame"));
        assertEquals(seconds, comment.getDouble("timecodeSeconds"));
    }
}
