package io.agencyos.graphql;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Caller;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Lock;
import io.agencyos.testing.Patient;
import io.agencyos.testing.Person;
import io.agencyos.testing.Psql;
import io.agencyos.testing.Sessions;
import io.agencyos.testing.Together;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Who goes away takes along what runs for them: down to the statement, and nobody else's. */
@QuarkusTest
@TestProfile(Patient.class)
@WithTestResource(AgencyResource.class)
class AbandonedRequestTest {

    private static final String READ = "query($id: ID!) { request(id: $id) { title comments { nodes { content } } } }";
    private static final String TITLE = "query($id: ID!) { request(id: $id) { title client { name } } }";
    private static final String RENAME = "mutation($id: ID!) { updateRequest(id: $id, input: {title: \"Late\"})"
            + " { title comments { totalCount } } }";
    private static final String LIVE =
            "subscription { requestChanged { operation node { title comments { totalCount } } } }";
    private static final String TITLES = "select title from requests where id = ?::uuid";
    private static final int POOL = 16;

    private final Person bob = Work.user();

    @Test
    void aReadEndsWhenItsClientHangsUp() {
        var id = request();
        try (var lock = Lock.table("comments")) {
            try (var caller = Caller.of(bob, READ, id)) {
                Sessions.awaitWaiting(1);
            }
            Sessions.awaitWaiting(0);
            Sessions.awaitAllIdle();
        }
        assertServesEverybody(id);
    }

    @Test
    void aMutationEndsWhenItsClientHangsUpAndLeavesNothing() {
        var id = request();
        try (var lock = Lock.row("requests", (String) id.get("id"))) {
            try (var caller = Caller.of(bob, RENAME, id)) {
                Sessions.awaitWaiting(1);
            }
            Sessions.awaitWaiting(0);
        }
        Sessions.awaitAllIdle();
        assertEquals(List.of("Kept"), Psql.column(TITLES, id.get("id")));
        assertServesEverybody(id);
    }

    @Test
    void whatAMutationHasCommittedStaysThoughTheReadBeneathItEnds() {
        var id = request();
        try (var lock = Lock.table("comments")) {
            try (var caller = Caller.of(bob, RENAME, id)) {
                Sessions.awaitWaiting(1);
            }
            Sessions.awaitWaiting(0);
        }
        assertEquals(List.of("Late"), Psql.column(TITLES, id.get("id")));
    }

    @Test
    void aSecondMutationDoesNotBeginWhenTheClientHangsUpInTheFirst() {
        var id = request();
        var both = "mutation($id: ID!) { updateRequest(id: $id, input: {title: \"Late\"}) { id }"
                + " createComment(input: {requestId: $id, content: \"Later\"}) { id } }";
        try (var lock = Lock.row("requests", (String) id.get("id"))) {
            try (var caller = Caller.of(bob, both, id)) {
                Sessions.awaitWaiting(1);
            }
            Sessions.awaitWaiting(0);
        }
        Sessions.awaitAllIdle();
        assertEquals(List.of(), Psql.column("select id from comments where request_id = ?::uuid", id.get("id")));
    }

    @Test
    void aQueryEndsWhenItsSocketCloses() {
        endsOnTheSocket(READ, () -> Lock.table("comments"), (socket, stream) -> socket.close());
    }

    @Test
    void aMutationEndsWhenTheSocketSaysCompleteAndLeavesNothing() {
        var id = endsOnTheSocket(RENAME, null, (socket, stream) -> stream.complete());
        assertEquals(List.of("Kept"), Psql.column(TITLES, id.get("id")));
    }

    @Test
    void aMutationEndsWhenItsSocketClosesAndLeavesNothing() {
        var id = endsOnTheSocket(RENAME, null, (socket, stream) -> socket.close());
        assertEquals(List.of("Kept"), Psql.column(TITLES, id.get("id")));
    }

    private Map<String, Object> endsOnTheSocket(
            String operation, Supplier<Lock> locking, BiConsumer<LiveClient, LiveClient.Stream> leaving) {
        var id = request();
        try (var socket = LiveClient.of(bob)) {
            try (var lock = locking == null ? Lock.row("requests", (String) id.get("id")) : locking.get()) {
                var stream = socket.subscribe(operation, id);
                Sessions.awaitWaiting(1);
                leaving.accept(socket, stream);
                Sessions.awaitWaiting(0);
            }
            Sessions.awaitAllIdle();
        }
        assertServesEverybody(id);
        return id;
    }

    @Test
    void theSocketGoesOnAfterAnOperationWasCompletedInTheMiddle() {
        var id = request();
        try (var socket = LiveClient.of(bob)) {
            try (var lock = Lock.table("comments")) {
                var stream = socket.subscribe(READ, id);
                Sessions.awaitWaiting(1);
                stream.complete();
                Sessions.awaitWaiting(0);
            }
            var again = socket.subscribe(READ, id).data().getJsonObject("request");
            assertEquals("Kept", again.getString("title"));
        }
    }

    @Test
    void aQueryAsEventStreamEndsWhenItsClientHangsUp() {
        var id = request();
        try (var lock = Lock.table("comments")) {
            try (var caller = Caller.of(bob, "text/event-stream", READ, id)) {
                Sessions.awaitWaiting(1);
            }
            Sessions.awaitWaiting(0);
        }
        assertServesEverybody(id);
    }

    @Test
    void aSubscriptionOnASocketEndsInTheMiddleOfAnEventsReads() {
        var socket = LiveClient.of(bob);
        socket.subscribe(LIVE).live();
        endsInAnEvent(socket::close);
    }

    @Test
    void aSubscriptionAsEventStreamEndsInTheMiddleOfAnEventsReads() {
        var caller = Caller.of(bob, "text/event-stream", LIVE, Map.of());
        caller.awaitAnswer("LIVE");
        endsInAnEvent(caller::close);
    }

    private void endsInAnEvent(Runnable leave) {
        var id = request();
        // the older transaction holds the event back until the table is locked
        var older = Lock.row("requests", Work.request(bob));
        rename(id);
        try (var lock = Lock.table("comments")) {
            older.close();
            Sessions.awaitWaiting(1);
            leave.run();
            Sessions.awaitWaiting(0);
        }
        assertServesEverybody(id);
    }

    @Test
    void anEventsReadsGoOnForAnotherSubscriberOfTheSame() {
        var id = request();
        var held = Work.request(bob);
        try (var socket = LiveClient.of(bob)) {
            var stays = live(socket);
            var leaves = live(socket);
            var older = Lock.row("requests", held);
            rename(id);
            try (var lock = Lock.table("comments")) {
                older.close();
                Sessions.awaitWaiting(1);
                leaves.complete();
                // what the socket says after that is answered after that
                socket.subscribe(TITLE, id).data();
                assertEquals(1, Sessions.waiting());
            }
            var told = stays.data().getJsonObject("requestChanged");
            assertEquals("New", told.getJsonObject("node").getString("title"));
        }
    }

    private static LiveClient.Stream live(LiveClient socket) {
        var stream = socket.subscribe(LIVE);
        stream.live();
        return stream;
    }

    private void rename(Map<String, Object> id) {
        bob.get("mutation($id: ID!) { updateRequest(id: $id, input: {title: \"New\"}) { title } }", id);
    }

    @Test
    void manyWhoHangUpWhileTheyWaitForAConnectionLeaveThePoolWhole() {
        var id = request();
        try (var lock = Lock.table("comments")) {
            var callers = callers(100, id);
            Sessions.awaitWaiting(POOL);
            callers.forEach(Caller::close);
            Sessions.awaitWaiting(0);
        }
        assertServesEverybody(id);
    }

    @Test
    void nobodyElseIsHitWhenManyHangUp() {
        var mine = request();
        var others = request();
        var over = new AtomicBoolean();
        Together.all(5, i -> {
            if (i == 0) abandonInRounds(mine, over);
            else while (!over.get()) assertTitle(others);
            return i;
        });
        assertServesEverybody(mine);
    }

    private void abandonInRounds(Map<String, Object> id, AtomicBoolean over) {
        try {
            for (var round = 0; round < 25; round++) {
                try (var lock = Lock.table("comments")) {
                    var callers = callers(8, id);
                    Sessions.awaitWaiting(8);
                    callers.forEach(Caller::close);
                    Sessions.awaitWaiting(0);
                }
            }
        } finally {
            over.set(true);
        }
    }

    private List<Caller> callers(int many, Map<String, Object> id) {
        return IntStream.range(0, many).mapToObj(i -> Caller.of(bob, READ, id)).toList();
    }

    private Map<String, Object> request() {
        return Map.of("id", Work.request(bob, "title", "Kept"));
    }

    private void assertTitle(Map<String, Object> id) {
        assertEquals("Kept", bob.get(TITLE, id).getJsonObject("request").getString("title"));
    }

    /** All connections are there, and none remembers anything. */
    private void assertServesEverybody(Map<String, Object> id) {
        Sessions.awaitAllIdle();
        try (var lock = Lock.table("comments")) {
            var callers = callers(POOL, id);
            Sessions.awaitWaiting(POOL);
            callers.forEach(Caller::close);
            Sessions.awaitWaiting(0);
        }
        Together.all(POOL, i -> bob.get(READ, id));
        Sessions.awaitAllIdle();
    }
}
