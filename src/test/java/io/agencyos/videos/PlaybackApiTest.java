package io.agencyos.videos;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.Walk;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

@QuarkusTest
@WithTestResource(AgencyResource.class)
class PlaybackApiTest {

    private static final String RECORD = "mutation($input: RecordPlaybackInput!) { recordPlayback(input: $input) { id"
            + " lastPositionSeconds completed startedAt updatedAt user { id } videoVersion { id } } }";
    private static final String READ =
            "query($id: ID!) { videoVersion(id: $id) { myPosition playbackSessions { totalCount"
                    + " nodes { id lastPositionSeconds completed user { id } } } } }";

    private final Person maker = Work.user();
    private String client;
    private String version;

    @BeforeEach
    void aFilm() {
        client = Work.client();
        version = Work.version(Work.video(Work.request(maker, "clientId", client)), "duration_seconds", 100.0);
    }

    @Test
    void onesPlaceIsKeptAndTheFilmGoesOnFromThere() {
        var viewer = Work.member(client);
        assertNull(seen(viewer).getValue("myPosition"));
        var session = record(viewer, "positionSeconds", 12.3456);
        assertEquals(12.346, session.getDouble("lastPositionSeconds"));
        assertFalse(session.getBoolean("completed"));
        assertEquals(viewer.id().toString(), session.getJsonObject("user").getString("id"));
        assertEquals(version, session.getJsonObject("videoVersion").getString("id"));
        assertNotNull(session.getString("startedAt"));
        assertEquals(12.346, seen(viewer).getDouble("myPosition"));
        assertNull(seen(maker).getValue("myPosition"));
    }

    @Test
    void aSaveTooSoonAnswersTheSessionAsItIs() {
        var first = record(maker, "positionSeconds", 1);
        assertEquals(first, record(maker, "positionSeconds", 2, "completed", false));
        var end = record(maker, "positionSeconds", 3, "completed", true);
        assertEquals(first.getString("id"), end.getString("id"));
        assertTrue(end.getBoolean("completed"));
        assertNull(seen(maker).getValue("myPosition"));
    }

    @Test
    void staffSeeWhoWatchedHowFarOthersOnlyThemselves() {
        var dana = Work.member(client);
        var dave = Work.member(client);
        var danas = record(dana, "positionSeconds", 10).getString("id");
        var daves = record(dave, "positionSeconds", 99).getString("id");
        assertEquals(List.of(daves, danas), Walk.ids(seen(maker).getJsonObject("playbackSessions")));
        assertEquals(List.of(danas), Walk.ids(seen(dana).getJsonObject("playbackSessions")));
        assertEquals(1, seen(dave).getJsonObject("playbackSessions").getInteger("totalCount"));
    }

    @Test
    void aPlaceThatIsNoneAndAFilmThatIsNotSeenAreRefused() {
        for (var place : List.of(-0.1, 1e8)) {
            var error = maker.error(RECORD, input("positionSeconds", place));
            assertEquals("VALIDATION_FAILED", error.getString("code"));
            assertEquals("positionSeconds", error.getString("field"));
        }
        assertEquals("NOT_FOUND", Work.stranger().code(RECORD, input("positionSeconds", 1)));
        version = UUID.randomUUID().toString();
        assertEquals("NOT_FOUND", maker.code(RECORD, input("positionSeconds", 1)));
    }

    private Map<String, Object> input(Object... fields) {
        var input = Work.map(fields);
        input.put("videoVersionId", version);
        return Work.map("input", input);
    }

    private JsonObject record(Person who, Object... fields) {
        return who.get(RECORD, input(fields)).getJsonObject("recordPlayback");
    }

    private JsonObject seen(Person who) {
        return who.get(READ, Work.map("id", version)).getJsonObject("videoVersion");
    }
}
