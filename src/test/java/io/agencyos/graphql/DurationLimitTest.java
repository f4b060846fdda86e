package io.agencyos.graphql;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Lock;
import io.agencyos.testing.Patient;
import io.agencyos.testing.Person;
import io.agencyos.testing.Psql;
import io.agencyos.testing.Sessions;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** An operation that takes longer than it may is given up, whatever it waits for. */
@QuarkusTest
@TestProfile(DurationLimitTest.Brief.class)
@WithTestResource(AgencyResource.class)
class DurationLimitTest {

    private static final String READ = "query($id: ID!) { request(id: $id) { title comments { totalCount } } }";
    private static final String RENAME =
            "mutation($id: ID!) { updateRequest(id: $id, input: {title: \"Late\"}) { title } }";

    private final Person bob = Work.user();

    /** Three seconds for an operation, any time for a statement. */
    public static class Brief extends Patient {
        @Override
        public Map<String, String> getConfigOverrides() {
            var settings = new HashMap<>(super.getConfigOverrides());
            settings.put("agency.limits.duration", "3s");
            return settings;
        }
    }

    @Test
    void aQueryIsGivenUpDownToItsStatement() {
        var id = request();
        try (var lock = Lock.table("comments")) {
            assertEquals("LIMIT_EXCEEDED", bob.code(READ, id));
            Sessions.awaitAllIdle();
        }
        assertEquals("Kept", bob.get(READ, id).getJsonObject("request").getString("title"));
    }

    @Test
    void aMutationIsGivenUpAndLeavesNothing() {
        var id = request();
        try (var lock = Lock.row("requests", (String) id.get("id"))) {
            assertEquals("LIMIT_EXCEEDED", bob.code(RENAME, id));
            Sessions.awaitAllIdle();
        }
        var titles = Psql.column("select title from requests where id = ?::uuid", id.get("id"));
        assertEquals(List.of("Kept"), titles);
    }

    @Test
    void aQueryOnASocketIsGivenUpAndTheSocketGoesOn() {
        var id = request();
        try (var socket = LiveClient.of(bob)) {
            try (var lock = Lock.table("comments")) {
                assertEquals("LIMIT_EXCEEDED", socket.subscribe(READ, id).errorCode());
                Sessions.awaitAllIdle();
            }
            var again = socket.subscribe(READ, id).data().getJsonObject("request");
            assertEquals("Kept", again.getString("title"));
        }
    }

    private Map<String, Object> request() {
        return Map.of("id", Work.request(bob, "title", "Kept"));
    }
}
