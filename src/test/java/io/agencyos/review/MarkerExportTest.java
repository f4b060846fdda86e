package io.agencyos.review;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import io.agencyos.storage.Storage;
import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.Psql;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@QuarkusTest
@WithTestResource(AgencyResource.class)
class MarkerExportTest {

    private static final String EXPORT = "mutation($input: ExportTimecodeCommentsInput!) {"
            + " exportTimecodeComments(input: $input) { url expiresAt filename contentType } }";
    private static final Duration LONG = Duration.ofSeconds(30);

    @Inject
    MarkerExport export;

    @Inject
    Storage storage;

    private final Person maker = Work.user();
    private String client;
    private String video;
    private String version;

    @BeforeEach
    void aFilm() {
        client = Work.client();
        video = Work.video(Work.request(maker, "clientId", client), "title", "Spot: \"Hörbar\" 1/2");
        version = Work.version(video, "frame_rate", 23.98, "start_timecode", "01:00:00:00");
    }

    @ParameterizedTest
    @EnumSource
    void everyFormatCanBeFetchedFromASignedAddress(MarkerFormat format) {
        Work.timecodeComment(maker, version, "content", "Too loud", "timecode", "01:00:02:01", "endFrame", 72);
        var made = export(maker, "format", format.name());
        assertEquals("Spot Hörbar 1 2 v1." + format.extension(), made.getString("filename"));
        assertEquals(format.contentType(), made.getString("contentType"));
        var expires = OffsetDateTime.parse(made.getString("expiresAt")).toInstant();
        assertTrue(expires.isAfter(Instant.now().plusSeconds(3_000)), made.encode());
        var file = fetch(made);
        assertEquals(200, file.statusCode());
        assertTrue(file.contentType().startsWith(format.contentType()), file.contentType());
        var disposition = file.header("Content-Disposition");
        assertTrue(disposition.startsWith("attachment"), disposition);
        assertTrue(disposition.contains("filename*=UTF-8''Spot%20H%C3%B6rbar%201%202%20v1."), disposition);
        assertTrue(text(file).contains("Too loud"), text(file));
    }

    @Test
    void nobodyFetchesItWithoutItsSignature() {
        var url = export(maker, "format", "CSV").getString("url");
        var bare = given().urlEncodingEnabled(false).get(url.replaceAll("\\?.*", ""));
        assertNotEquals(200, bare.statusCode());
        assertNotEquals(url, export(maker, "format", "CSV").getString("url"));
    }

    @Test
    void whoRepliedAndWhatIsSettledComesAlong() {
        var head = Work.timecodeComment(maker, version, "content", "Too loud", "frame", 49);
        var other = Work.user();
        Work.timecodeComment(other, version, "content", "Is it?", "parentCommentId", head);
        resolve(head);
        var comment = comments(maker).get(0);
        assertEquals("01:00:02:01", comment.getString("timecode"));
        assertEquals("RESOLVED", comment.getString("status"));
        assertEquals("Is it?", comment.getJsonArray("replies").getJsonObject(0).getString("text"));
        assertTrue(comment.getString("author").endsWith(" Tester"), comment.encode());
    }

    @Test
    void onlyWhatIsOpenComesWhereThatIsAskedFor() {
        var settled = Work.timecodeComment(maker, version, "content", "Done", "frame", 1);
        Work.timecodeComment(maker, version, "content", "Reply to done", "parentCommentId", settled);
        Work.timecodeComment(maker, version, "content", "Open", "frame", 2);
        resolve(settled);
        assertEquals(List.of("Done", "Open"), texts(comments(maker)));
        assertEquals(List.of("Open"), texts(comments(maker, "unresolvedOnly", true)));
    }

    @Test
    void internalCommentsComeOnlyWhenStaffAsk() {
        var member = Work.member(client);
        var open = Work.timecodeComment(member, version, "content", "Open", "frame", 1);
        Work.timecodeComment(maker, version, "content", "Among us", "parentCommentId", open, "isInternal", true);
        Work.timecodeComment(maker, version, "content", "Hidden", "frame", 2, "isInternal", true);
        assertEquals(List.of("Open"), texts(comments(maker)));
        assertEquals(0, comments(maker).get(0).getJsonArray("replies").size());
        var all = comments(maker, "includeInternal", true);
        assertEquals(List.of("Open", "Hidden"), texts(all));
        assertEquals(
                "Among us", all.get(0).getJsonArray("replies").getJsonObject(0).getString("text"));
        assertTrue(all.get(1).getBoolean("internal"));
        assertEquals(List.of("Open"), texts(comments(member)));
        assertEquals(List.of("Open"), texts(comments(member, "includeInternal", false)));
        for (var format : MarkerFormat.values())
            assertEquals("FORBIDDEN", member.code(EXPORT, input("format", format.name(), "includeInternal", true)));
    }

    @Test
    void whatWasRemovedIsLeftOut() {
        var head = Work.timecodeComment(maker, version, "content", "Regretted", "frame", 5);
        Work.timecodeComment(maker, version, "content", "Still true", "parentCommentId", head);
        Psql.column("update timecode_comments set status = 'deleted' where id = ?::uuid returning id", head);
        assertEquals(List.of("Still true"), texts(comments(maker)));
    }

    @Test
    void whoDoesNotSeeTheFilmFindsNothing() {
        for (var person : List.of(Work.stranger(), Work.member(Work.client())))
            assertEquals("NOT_FOUND", person.code(EXPORT, input("format", "CSV")));
        version = UUID.randomUUID().toString();
        assertEquals("NOT_FOUND", maker.code(EXPORT, input("format", "CSV")));
    }

    @ParameterizedTest
    @EnumSource
    void withoutARateWhatHasOnlyFramesIsRefused(MarkerFormat format) {
        version = Work.version(video, "frame_rate", null);
        Work.timecodeComment(maker, version, "timecodeSeconds", 1.5);
        if (format.needsFrames()) {
            var error = maker.error(EXPORT, input("format", format.name()));
            assertEquals("VALIDATION_FAILED", error.getString("code"));
            assertEquals("format", error.getString("field"));
        } else {
            assertTrue(text(fetch(export(maker, "format", format.name()))).contains("1.5"));
        }
    }

    @Test
    void thousandsOfCommentsAreExportedAndMoreAreRefused() {
        plant(10_000);
        var rows = text(fetch(export(maker, "format", "CSV"))).lines().toList();
        assertEquals(10_001, rows.size());
        assertTrue(rows.get(10_000).startsWith("01:06:56:15,,9999,,417.042,,"), rows.get(10_000));
        plant(1);
        assertEquals("LIMIT_EXCEEDED", maker.code(EXPORT, input("format", "CSV")));
    }

    private void plant(int comments) {
        Psql.plant(
                "insert into timecode_comments (video_version_id, frame, timecode_seconds, content)"
                        + " select ?::uuid, n, round(n * 1001 / 24000.0, 3), 'x' from generate_series(0, ? - 1) n",
                version,
                comments);
    }

    @Test
    void oldFilesAreRemoved() {
        var made = export(maker, "format", "CSV");
        export.removeOlderThan(Instant.now().minusSeconds(600), null).await().atMost(LONG);
        assertEquals(200, fetch(made).statusCode());
        export.removeOlderThan(Instant.now().plusSeconds(600), null).await().atMost(LONG);
        assertEquals(404, fetch(made).statusCode());
        assertFalse(
                storage.list("exports", null, 1).await().atMost(LONG).iterator().hasNext());
    }

    private void resolve(String id) {
        maker.get("mutation($id: ID!) { resolveTimecodeComment(id: $id, resolved: true) { id } }", Map.of("id", id));
    }

    private List<JsonObject> comments(Person person, Object... choice) {
        var fields = Work.map(choice);
        fields.put("format", "JSON");
        var made = person.get(EXPORT, input(fields)).getJsonObject("exportTimecodeComments");
        return new JsonObject(text(fetch(made)))
                .getJsonArray("comments").stream().map(JsonObject.class::cast).toList();
    }

    private static List<String> texts(List<JsonObject> comments) {
        return comments.stream().map(comment -> comment.getString("text")).toList();
    }

    private JsonObject export(Person person, Object... fields) {
        return person.get(EXPORT, input(fields)).getJsonObject("exportTimecodeComments");
    }

    private Map<String, Object> input(Object... fields) {
        return input(Work.map(fields));
    }

    private Map<String, Object> input(Map<String, Object> fields) {
        fields.put("videoVersionId", version);
        return Work.map("input", fields);
    }

    private static Response fetch(JsonObject made) {
        return given().urlEncodingEnabled(false).get(made.getString("url"));
    }

    private static String text(Response file) {
        return new String(file.asByteArray(), StandardCharsets.UTF_8);
    }
}
