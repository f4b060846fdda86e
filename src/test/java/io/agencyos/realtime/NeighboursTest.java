package io.agencyos.realtime;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.agencyos.db.Notifications;
import io.agencyos.db.Replicas;
import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Await;
import io.agencyos.testing.Person;
import io.agencyos.testing.RoomClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

/** What a replica makes of what another one tells it, the other being played word by word. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
@TestProfile(RoomsTest.Impatient.class)
class NeighboursTest {

    private static final JsonObject PROFILE = new JsonObject().put("id", "p1").put("firstName", "Zoe");

    private final Person alice = Person.admin("neighbour-alice");
    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();
    private Notifications notifications;
    private PostgresRelay relay;
    private String name;
    private int number;
    private String request;
    private RoomClient socket;

    @BeforeEach
    void beAReplica() {
        name = "played-" + System.nanoTime();
        notifications = Replicas.notifications(vertx, AgencyResource.DATABASE);
        relay = new PostgresRelay(notifications, vertx, new SimpleMeterRegistry());
        relay.listen("rooms", text -> heard.add(new JsonObject(text)));
        request = alice.get("mutation { createRequest(input: {title: \"Film\", requestType: CREATIVE}) { id } }")
                .getJsonObject("createRequest")
                .getString("id");
        socket = RoomClient.of(alice);
        socket.join("requestId", request);
        // it is heard here when its questions are
        Await.until(
                () -> {
                    tell("ask", new JsonObject());
                    return !heard.isEmpty();
                },
                () -> "The application says nothing");
    }

    @AfterEach
    void beGone() {
        socket.close();
        Replicas.stop(notifications);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void tell(String what, JsonObject more) {
        var room = new JsonObject().put("requestId", request);
        more.put("room", room).put("tells", what).put("replica", name).put("number", ++number);
        relay.send("rooms", more.encode());
    }

    private void here(String connection, int playhead) {
        var state = new JsonObject().put("playhead", playhead);
        tell(
                "here",
                new JsonObject()
                        .put("connection", connection)
                        .put("profile", PROFILE)
                        .put("state", state));
    }

    private JsonObject awaitTold(String what) {
        var found = new JsonObject[1];
        Await.until(
                () -> {
                    var next = heard.poll();
                    if (next != null && what.equals(next.getString("tells"))) found[0] = next;
                    return found[0] != null;
                },
                () -> "It does not tell " + what);
        return found[0];
    }

    @Test
    void whoAsksIsToldOfAllWhoAreHere() {
        tell("ask", new JsonObject());
        awaitTold("begin");
        var here = awaitTold("here");
        assertEquals(socket.connection(), here.getString("connection"));
        assertEquals("Neighbour-alice", here.getJsonObject("profile").getString("firstName"));
        awaitTold("end");
    }

    @Test
    void whatWasLostIsAskedForAgain() {
        here("z1", 1);
        socket.awaitEntry("came", "z1");
        heard.clear();
        number++;
        tell("alive", new JsonObject());
        var asks = awaitTold("ask");
        assertEquals(name, asks.getString("of"));
        assertEquals(request, asks.getJsonObject("room").getString("requestId"));
    }

    @Test
    void whoIsNoLongerNamedIsGone() {
        here("z1", 1);
        here("z2", 1);
        socket.awaitEntry("came", "z2");
        tell("begin", new JsonObject());
        here("z2", 5);
        tell("end", new JsonObject());
        var gone = socket.awaitSuch(message -> message.containsKey("gone"));
        assertEquals("z1", gone.getJsonArray("gone").getString(0));
        var again = RoomClient.entry(socket.join("requestId", request), "members", "z2");
        assertEquals(5, again.getJsonObject("state").getInteger("playhead"));
    }

    @Test
    void whoseReplicaIsSilentIsGone() {
        here("z1", 1);
        socket.awaitEntry("came", "z1");
        socket.awaitGone("z1");
    }

    @Test
    void whatIsNotUnderstoodIsLeft() {
        relay.send("rooms", "no JSON");
        relay.send("rooms", "{}");
        tell("dance", new JsonObject());
        tell("say", new JsonObject().put("connection", "nobody").put("name", "n"));
        here("z1", 1);
        assertNotNull(socket.awaitEntry("came", "z1"));
    }

    @Test
    void whatIsSaidElsewhereIsHeardHere() {
        here("z1", 1);
        tell("say", new JsonObject().put("connection", "z1").put("name", "note").put("data", Map.of("a", 1)));
        var said = socket.awaitSuch(message -> message.containsKey("name"));
        assertEquals("z1", said.getString("from"));
        assertEquals(1, said.getJsonObject("data").getInteger("a"));
    }
}
