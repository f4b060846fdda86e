package io.agencyos.packaged;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.agencyos.testing.Await;
import io.agencyos.testing.Cluster;
import io.agencyos.testing.Crowd;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import io.agencyos.testing.SseReader;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A replica that is told to stop leaves nobody in the middle of anything. */
class DrainIT {

    private static final String LIVE =
            "subscription($after: String) { requestChanged(after: $after) { cursor operation id } }";
    private static final String CREATE =
            "mutation { createRequest(input: {title: \"T\", requestType: CREATIVE}) { id } }";
    private static final String SLOW =
            "mutation { createRequest(input: {title: \"slow\", requestType: CREATIVE}) { id } }";
    private static final int GATE = 7;
    private static final int RESTART = 1012;

    private static Cluster cluster;
    private static Packaged staying;
    private final Person alice = Person.admin("alice");
    private Packaged leaving;

    @BeforeAll
    static void startWhatStays() {
        cluster = Cluster.migrated();
        staying = Packaged.start(cluster.settings()).awaitReady();
    }

    @AfterAll
    static void stopWhatStays() {
        if (staying != null) staying.close();
        if (cluster != null) cluster.close();
    }

    @BeforeEach
    void startTheOneThatLeaves() {
        var settings = new HashMap<>(cluster.settings());
        settings.put("AGENCY_DRAIN", "6s");
        leaving = Packaged.start(settings).awaitReady();
    }

    @AfterEach
    void stopIt() {
        if (leaving != null) leaving.close();
    }

    @Test
    void subscribersResumeAtAnotherReplicaByTheirCursorAndMissNothing() {
        var followers = IntStream.range(0, 20).mapToObj(x -> new Follower()).toList();
        var created = new ArrayList<>(List.of(create(), create()));
        leaving.terminate();
        while (leaving.isRunning()) created.add(create());
        created.add(create());
        for (var follower : followers) assertEquals(created, follower.until(created.get(created.size() - 1)));
        assertEquals(143, leaving.exitCode());
        assertEquals("", leaving.err());
    }

    /** Follows the requests, and goes on at the other replica when this one sends it away. */
    private final class Follower {

        private final List<String> seen = new ArrayList<>();
        private final LiveClient first;
        private final LiveClient.Stream stream;
        private String cursor;

        Follower() {
            first = open(leaving).signIn(alice.token());
            stream = first.subscribe(LIVE);
            cursor = stream.live();
        }

        List<String> until(String last) {
            assertEquals(RESTART, first.closeCode());
            assertEquals("Restarting; resume with your cursor", first.closeReason());
            while (stream.hasMessage()) see(stream.change());
            try (var second = open(staying).signIn(alice.token())) {
                var resumed = second.subscribe(LIVE, Map.of("after", cursor));
                resumed.live();
                while (!seen.contains(last)) see(resumed.change());
            }
            return seen;
        }

        private void see(JsonObject change) {
            cursor = change.getString("cursor");
            seen.add(change.getString("id"));
        }
    }

    private String create() {
        return staying.get(alice, CREATE, Map.of())
                .getJsonObject("createRequest")
                .getString("id");
    }

    private static LiveClient open(Packaged replica) {
        return LiveClient.open(replica.address("ws", "/graphql"), LiveClient.PROTOCOL, null);
    }

    @Test
    void readinessGoesFirstAndNewSocketsAreRefusedWhileRequestsAreServed() {
        try (var socket = open(leaving).signIn(alice.token())) {
            leaving.terminate();
            Await.value(503, () -> leaving.status("/q/health/ready"));
            assertEquals(200, leaving.status("/q/health/live"));
            assertEquals(503, handshakeStatus(leaving.address("ws", "/graphql")));
            assertEquals("Alice", name(leaving.get(alice, "{ viewer { firstName } }", Map.of())));
            assertEquals(RESTART, socket.closeCode());
        }
        assertEquals(143, leaving.exitCode());
    }

    private static int handshakeStatus(URI address) {
        var refused = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols(LiveClient.PROTOCOL)
                .buildAsync(address, new java.net.http.WebSocket.Listener() {})
                .handle((socket, failure) -> failure)
                .join();
        var cause = refused.getCause() == null ? refused : refused.getCause();
        return ((WebSocketHandshakeException) cause).getResponse().statusCode();
    }

    private static String name(JsonObject data) {
        return data.getJsonObject("viewer").getString("firstName");
    }

    @Test
    void socketsAreNotClosedAllAtOnce() {
        var sockets = IntStream.range(0, 40)
                .mapToObj(x -> open(leaving).signIn(alice.token()))
                .toList();
        leaving.terminate();
        Await.until(() -> sockets.stream().anyMatch(socket -> !socket.isOpen()), () -> "none is closed");
        assertTrue(sockets.stream().anyMatch(LiveClient::isOpen), "all were closed together");
        for (var socket : sockets) assertEquals(RESTART, socket.closeCode());
    }

    @Test
    void anEventStreamEndsWithoutComplete() {
        try (var stream = SseReader.open(leaving.address("http", "/graphql"), alice, LIVE)) {
            stream.await("LIVE");
            leaving.terminate();
            assertFalse(stream.toTheEnd().contains("event: complete"));
        }
    }

    @Test
    void whatWasBegunIsAnsweredOnTheSocketAndOverHttp() {
        makeSlow();
        try (var crowd = new Crowd(leaving.address("http", "/graphql"));
                var socket = open(leaving).signIn(alice.token())) {
            var door = cluster.locked(GATE);
            var stream = socket.subscribe(SLOW);
            var posted = crowd.ask(alice, SLOW, Map.of());
            Await.value(
                    "2",
                    () -> cluster.find("select count(*) from pg_locks where locktype = 'advisory' and not granted"));
            leaving.terminate();
            Await.value(503, () -> leaving.status("/q/health/ready"));
            door.close();
            assertTrue(stream.data().containsKey("createRequest"));
            assertEquals("complete", stream.message().getString("type"));
            assertEquals(RESTART, socket.closeCode());
            Crowd.await(List.of(posted));
            assertTrue(posted.result().getJsonObject("data").containsKey("createRequest"));
        }
        assertEquals(143, leaving.exitCode());
    }

    @Test
    void anOperationThatTakesLongerThanTheDrainIsWaitedFor() {
        makeSlow();
        try (var socket = open(leaving).signIn(alice.token());
                var idle = open(leaving).signIn(alice.token())) {
            var door = cluster.locked(GATE);
            var stream = socket.subscribe(SLOW);
            door.awaitSomebodyWaiting();
            leaving.terminate();
            // the last moment at which an idle socket is closed lies before the drain's end
            assertEquals(RESTART, idle.closeCode());
            assertTrue(leaving.isRunning());
            assertTrue(socket.isOpen());
            door.close();
            assertTrue(stream.data().containsKey("createRequest"));
            assertEquals(RESTART, socket.closeCode());
        }
        assertEquals(143, leaving.exitCode());
    }

    /** A request of this title waits for the gate. */
    private static void makeSlow() {
        cluster.change("create or replace function wait_at_the_gate() returns trigger language plpgsql as"
                + " 'begin if new.title = ''slow'' then perform pg_advisory_xact_lock_shared(" + GATE
                + "); end if; return new; end'");
        cluster.change("create or replace trigger zz_gate before insert on requests"
                + " for each row execute function wait_at_the_gate()");
    }
}
