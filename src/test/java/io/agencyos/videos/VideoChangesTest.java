package io.agencyos.videos;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.Together;
import io.agencyos.testing.Walk;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Videos and versions are made, changed, removed and brought back by whoever may. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class VideoChangesTest {

    private static final String FILM = "https://films.example/spot.mp4";
    private static final String CREATE = "mutation($input: CreateVideoAssetInput!) { createVideoAsset(input: $input) {"
            + " id title description project { id } createdBy { id } deletedAt version } }";
    private static final String UPDATE =
            "mutation($id: ID!, $input: UpdateVideoAssetInput!, $ifVersion: Int) { updateVideoAsset(id: $id, input:"
                    + " $input, ifVersion: $ifVersion) { title description version } }";
    private static final String DELETE = "mutation($id: ID!) { deleteVideoAsset(id: $id) { id deletedAt } }";
    private static final String RESTORE = "mutation($id: ID!) { restoreVideoAsset(id: $id) { id deletedAt } }";
    private static final String SHOW = "mutation($id: ID!, $version: ID!) { setCurrentVideoVersion(videoAssetId: $id,"
            + " versionId: $version) { currentVersion { id } } }";
    private static final String ADD = "mutation($input: CreateVideoVersionInput!) { createVideoVersion(input: $input) {"
            + " id versionNumber versionLabel changeNotes fileUrl proxyUrl processingStatus frameRate startTimecode"
            + " dropFrame uploadedBy { id } videoAsset { id currentVersion { id } } } }";
    private static final String EDIT = "mutation($id: ID!, $input: UpdateVideoVersionInput!) { updateVideoVersion(id:"
            + " $id, input: $input) { versionLabel changeNotes startTimecode dropFrame } }";
    private static final String COMPARE = "query($from: ID!, $to: ID!) { compareVideoVersions(from: $from, to: $to) {"
            + " from { versionNumber changeNotes timecodeComments(filter: {status: {eq: ACTIVE}}) { totalCount } }"
            + " to { versionNumber changeNotes timecodeComments(filter: {status: {eq: ACTIVE}}) { totalCount } }"
            + " durationSeconds frameCount fileSizeBytes sizeChanged frameRateChanged codecChanged timecodeChanged } }";
    private static final String READ =
            "query($id: ID!, $removed: Boolean) { videoAsset(id: $id, removed: $removed) { id"
                    + " currentVersion { id } versions(first: 100) { totalCount nodes { id versionNumber } } } }";
    private static final String READ_VERSION = "query($id: ID!) { videoVersion(id: $id) { id } }";
    private static final String READ_COMMENT = "query($id: ID!) { timecodeComment(id: $id) { id } }";

    private final Person maker = Work.user();
    private String client;
    private String request;
    private String video;

    @BeforeEach
    void aVideo() {
        client = Work.client();
        request = Work.request(maker, "clientId", client);
        video = create(Map.of("projectId", request, "title", "Spot")).getString("id");
    }

    @Test
    void aVideoIsMadeInOnesOwnNameAndOnlyOnce() {
        var input =
                Work.map("id", UUID.randomUUID().toString(), "projectId", request, "title", "Film", "description", "d");
        var made = create(input);
        assertEquals("Film", made.getString("title"));
        assertEquals(request, made.getJsonObject("project").getString("id"));
        assertEquals(maker.id().toString(), made.getJsonObject("createdBy").getString("id"));
        assertEquals(made, create(input));
        input.put("title", "Another");
        assertEquals("CONFLICT", maker.code(CREATE, Work.map("input", input)));
        var member = Work.member(client);
        assertNotNull(member.get(CREATE, Work.map("input", Map.of("projectId", request, "title", "Theirs"))));
        for (var no : List.of(Work.stranger(), Work.member(Work.client())))
            assertEquals("NOT_FOUND", no.code(CREATE, Work.map("input", Map.of("projectId", request, "title", "x"))));
        assertEquals(
                "VALIDATION_FAILED", maker.code(CREATE, Work.map("input", Map.of("projectId", request, "title", " "))));
    }

    private JsonObject create(Map<String, Object> input) {
        return maker.get(CREATE, Work.map("input", input)).getJsonObject("createVideoAsset");
    }

    @Test
    void whatIsAbsentStaysAndWhatIsNullIsRemoved() {
        maker.get(UPDATE, Work.map("id", video, "input", Map.of("description", "d")));
        var changed = maker.get(UPDATE, Work.map("id", video, "input", Map.of("title", "New")))
                .getJsonObject("updateVideoAsset");
        assertEquals("New d", changed.getString("title") + " " + changed.getString("description"));
        var emptied = maker.get(UPDATE, Work.map("id", video, "input", Work.map("description", null)))
                .getJsonObject("updateVideoAsset");
        assertNull(emptied.getValue("description"));
        var stale = Work.map("id", video, "input", Map.of("title", "x"), "ifVersion", 1);
        assertEquals("CONFLICT", maker.code(UPDATE, stale));
        assertEquals("FORBIDDEN", Work.user().code(UPDATE, Work.map("id", video, "input", Map.of("title", "x"))));
        assertEquals("NOT_FOUND", Work.stranger().code(UPDATE, Work.map("id", video, "input", Map.of("title", "x"))));
    }

    @Test
    void aRemovedVideoIsGoneForAllUntilItIsBroughtBack() {
        var version = add(maker).getString("id");
        var comment = Work.timecodeComment(maker, version);
        var member = Work.member(client);
        assertEquals("FORBIDDEN", Work.user().code(DELETE, Work.map("id", video)));
        var removed = maker.get(DELETE, Work.map("id", video)).getJsonObject("deleteVideoAsset");
        assertNotNull(removed.getString("deletedAt"));
        assertEquals(removed, maker.get(DELETE, Work.map("id", video)).getJsonObject("deleteVideoAsset"));
        for (var person : List.of(maker, Work.user(), Work.admin(), member))
            assertEquals("NOT_FOUND", person.code(READ, Work.map("id", video)));
        assertEquals(
                video,
                maker.get(READ, Work.map("id", video, "removed", true))
                        .getJsonObject("videoAsset")
                        .getString("id"));
        assertEquals("NOT_FOUND", member.code(READ, Work.map("id", video, "removed", true)));
        assertEquals("NOT_FOUND", member.code(READ_VERSION, Work.map("id", version)));
        assertEquals("NOT_FOUND", member.code(READ_COMMENT, Work.map("id", comment)));
        assertEquals("NOT_FOUND", maker.code(UPDATE, Work.map("id", video, "input", Map.of("title", "x"))));
        assertEquals("VALIDATION_FAILED", maker.code(ADD, input(Work.map())));
        assertEquals("FORBIDDEN", Work.user().code(RESTORE, Work.map("id", video)));
        assertEquals("NOT_FOUND", member.code(RESTORE, Work.map("id", video)));
        var back = maker.get(RESTORE, Work.map("id", video)).getJsonObject("restoreVideoAsset");
        assertNull(back.getValue("deletedAt"));
        for (var person : List.of(maker, Work.user(), member)) {
            assertEquals(
                    List.of(version),
                    Walk.ids(person.get(READ, Work.map("id", video))
                            .getJsonObject("videoAsset")
                            .getJsonObject("versions")));
            assertEquals(
                    comment,
                    person.get(READ_COMMENT, Work.map("id", comment))
                            .getJsonObject("timecodeComment")
                            .getString("id"));
        }
    }

    @Test
    void aVersionMayLieElsewhere() {
        var made = maker.get(
                        ADD,
                        input(Work.map(
                                "changeNotes",
                                "Shorter",
                                "durationSeconds",
                                12.5,
                                "frameRateNum",
                                30_000,
                                "frameRateDen",
                                1_001,
                                "startTimecode",
                                "01:00:00;00",
                                "dropFrame",
                                true)))
                .getJsonObject("createVideoVersion");
        assertEquals(
                "1 v1 Shorter",
                made.getInteger("versionNumber") + " " + made.getString("versionLabel") + " "
                        + made.getString("changeNotes"));
        assertEquals(FILM, made.getString("fileUrl"));
        assertEquals(FILM, made.getString("proxyUrl"));
        assertEquals("COMPLETED", made.getString("processingStatus"));
        assertEquals(29.97, made.getDouble("frameRate"));
        assertEquals("01:00:00;00", made.getString("startTimecode"));
        assertEquals(maker.id().toString(), made.getJsonObject("uploadedBy").getString("id"));
        assertEquals(
                made.getString("id"),
                made.getJsonObject("videoAsset").getJsonObject("currentVersion").getString("id"));
        for (var no : List.of(
                "http://x.example/f.mp4", "file:///etc/passwd", "javascript:alert(1)", "https:// x", "/files/x"))
            assertEquals("VALIDATION_FAILED", maker.code(ADD, input(Work.map("fileUrl", no))), no);
        assertEquals("VALIDATION_FAILED", maker.code(ADD, input(Work.map("startTimecode", "25:00:00:00"))));
        assertEquals("NOT_FOUND", Work.stranger().code(ADD, input(Work.map())));
    }

    @Test
    void aVersionsWordsAndTimecodeCanBeCorrected() {
        var version = add(maker).getString("id");
        var input = Work.map(
                "versionLabel", "Final", "changeNotes", "n", "startTimecode", "10:00:00:00", "dropFrame", false);
        var edited = maker.get(EDIT, Work.map("id", version, "input", input)).getJsonObject("updateVideoVersion");
        assertEquals(new JsonObject(input), edited);
        assertEquals(
                "VALIDATION_FAILED", maker.code(EDIT, Work.map("id", version, "input", Map.of("startTimecode", "1"))));
        assertEquals("FORBIDDEN", Work.user().code(EDIT, Work.map("id", version, "input", input)));
    }

    @Test
    void whichVersionCountsIsTheMakersToSay() {
        var first = add(maker).getString("id");
        add(Work.user());
        assertEquals(
                first,
                maker.get(SHOW, Work.map("id", video, "version", first))
                        .getJsonObject("setCurrentVideoVersion")
                        .getJsonObject("currentVersion")
                        .getString("id"));
        var other = create(Map.of("projectId", request, "title", "Other")).getString("id");
        assertEquals("VALIDATION_FAILED", maker.code(SHOW, Work.map("id", other, "version", first)));
        assertEquals("FORBIDDEN", Work.user().code(SHOW, Work.map("id", video, "version", first)));
    }

    @Test
    void aHundredVersionsAtOnceAreNumberedFromOneToAHundredAndOneCounts() {
        var port = RestAssured.port;
        var made = Together.all(100, i -> {
            RestAssured.port = port;
            return add(maker);
        });
        var numbers = made.stream()
                .map(one -> one.getInteger("versionNumber"))
                .sorted()
                .toList();
        assertEquals(IntStream.rangeClosed(1, 100).boxed().toList(), numbers);
        assertEquals(
                100, new HashSet<>(made.stream().map(one -> one.getString("id")).toList()).size());
        var read = maker.get(READ, Work.map("id", video)).getJsonObject("videoAsset");
        assertEquals(100, read.getJsonObject("versions").getInteger("totalCount"));
        assertTrue(Walk.ids(read.getJsonObject("versions"))
                .contains(read.getJsonObject("currentVersion").getString("id")));
    }

    @Test
    void twoVersionsAreCompared() {
        var one = Work.version(
                video,
                "duration_seconds",
                10,
                "frame_count",
                250,
                "file_size_bytes",
                1000,
                "codec",
                "h264",
                "width",
                1920,
                "height",
                1080,
                "change_notes",
                "first");
        var two = Work.version(
                video,
                "duration_seconds",
                8.5,
                "frame_count",
                204,
                "file_size_bytes",
                1500,
                "codec",
                "h264",
                "width",
                1280,
                "height",
                720,
                "frame_rate",
                24,
                "change_notes",
                "second");
        Work.timecodeComment(maker, one);
        var found = maker.get(COMPARE, Work.map("from", one, "to", two)).getJsonObject("compareVideoVersions");
        assertEquals(-1.5, found.getDouble("durationSeconds"));
        assertEquals(-46, found.getInteger("frameCount"));
        assertEquals(500, found.getLong("fileSizeBytes"));
        assertTrue(found.getBoolean("sizeChanged") && found.getBoolean("frameRateChanged"));
        assertTrue(!found.getBoolean("codecChanged") && !found.getBoolean("timecodeChanged"));
        assertEquals("first", found.getJsonObject("from").getString("changeNotes"));
        assertEquals(
                1, found.getJsonObject("from").getJsonObject("timecodeComments").getInteger("totalCount"));
        assertEquals(
                0, found.getJsonObject("to").getJsonObject("timecodeComments").getInteger("totalCount"));
        var other = Work.version(Work.video(request));
        assertEquals("VALIDATION_FAILED", maker.code(COMPARE, Work.map("from", one, "to", other)));
        assertEquals("NOT_FOUND", Work.stranger().code(COMPARE, Work.map("from", one, "to", two)));
    }

    @Test
    void aRateThatIsHalfGivenIsRefusedByTheNameOfTheOtherHalf() {
        for (var fields : List.of(List.of("frameRateNum", "frameRateDen"), List.of("frameRateDen", "frameRateNum"))) {
            var error = maker.error(ADD, input(Work.map(fields.get(0), 25)));
            assertEquals("VALIDATION_FAILED", error.getString("code"));
            assertEquals(fields.get(1), error.getString("field"));
        }
        var fast = maker.error(ADD, input(Work.map("frameRateNum", 1_000_000, "frameRateDen", 1)));
        assertEquals("VALIDATION_FAILED", fast.getString("code"));
        assertEquals("frameRateNum", fast.getString("field"));
    }

    private JsonObject add(Person who) {
        return who.get(ADD, input(Work.map())).getJsonObject("createVideoVersion");
    }

    private Map<String, Object> input(Map<String, Object> fields) {
        fields.put("videoAssetId", video);
        fields.putIfAbsent("fileUrl", FILM);
        return Work.map("input", fields);
    }
}
