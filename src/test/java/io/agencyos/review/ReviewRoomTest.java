package io.agencyos.review;

import java.util.Map;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.RoomClient;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Those who look at the same version of a film see where the others are in it, and nobody else does. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class ReviewRoomTest {

    private static final String VERSION = "videoVersionId";
    private static final String REMOVE =
            "mutation($client: ID!, $who: ID!) { removeClientMember(clientId: $client, profileId: $who) { id } }";

    private final Person maker = Work.user();
    private String client;
    private String version;

    @BeforeEach
    void aFilm() {
        client = Work.client();
        version = Work.version(Work.video(Work.request(maker, "clientId", client)));
    }

    @Test
    void reviewersSeeEachOthersPlayheads() {
        try (var ours = RoomClient.of(maker);
                var theirs = RoomClient.of(Work.member(client))) {
            ours.join(VERSION, version);
            theirs.join(VERSION, version);
            ours.awaitEntry("came", theirs.connection());
            theirs.show(Map.of("playhead", 1234, "playing", true));
            assertEquals(true, shown(ours, theirs, 1234).getBoolean("playing"));
            ours.show(Map.of("playhead", 42, "playing", false));
            assertEquals(false, shown(theirs, ours, 42).getBoolean("playing"));
            try (var late = RoomClient.of(Work.user())) {
                var members = late.join(VERSION, version);
                for (var other : Map.of(ours, 42, theirs, 1234).entrySet()) {
                    var member =
                            RoomClient.entry(members, "members", other.getKey().connection());
                    assertEquals(other.getValue(), member.getJsonObject("state").getInteger("playhead"));
                }
            }
        }
    }

    /** What another shows as soon as their playhead is there. */
    private static JsonObject shown(RoomClient viewer, RoomClient other, int playhead) {
        var found = viewer.awaitSuch(message -> {
            var entry = RoomClient.entry(message, "changed", other.connection());
            return entry != null && playhead == entry.getJsonObject("state").getInteger("playhead", -1);
        });
        return RoomClient.entry(found, "changed", other.connection()).getJsonObject("state");
    }

    @Test
    void nobodyEntersTheRoomOfAnotherClientsFilm() {
        try (var ours = RoomClient.of(maker);
                var stranger = RoomClient.of(Work.member(Work.client()))) {
            ours.join(VERSION, version);
            assertEquals("NOT_FOUND", stranger.refusedJoin(VERSION, version));
            stranger.send(Map.of("type", "state", "room", Map.of(VERSION, version), "state", Map.of("playhead", 1)));
            assertEquals("NOT_FOUND", stranger.error());
            ours.show(Map.of("playhead", 41));
            ours.before();
            assertTrue(stranger.before().isEmpty());
        }
    }

    @Test
    void whoIsNoMemberAnyMoreIsPutOut() {
        var person = Work.member(client);
        try (var ours = RoomClient.of(maker);
                var theirs = RoomClient.of(person)) {
            ours.join(VERSION, version);
            theirs.join(VERSION, version);
            ours.awaitEntry("came", theirs.connection());
            Work.admin()
                    .get(REMOVE, Work.map("client", client, "who", person.id().toString()));
            var left = theirs.awaitSuch(message -> "left".equals(message.getString("type")));
            assertEquals("NO_ACCESS", left.getString("reason"));
            ours.awaitGone(theirs.connection());
            ours.show(Map.of("playhead", 7));
            ours.before();
            assertTrue(theirs.before().isEmpty());
            assertEquals("NOT_FOUND", theirs.refusedJoin(VERSION, version));
        }
    }
}
