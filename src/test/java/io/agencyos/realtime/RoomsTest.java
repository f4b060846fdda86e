package io.agencyos.realtime;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Await;
import io.agencyos.testing.DeafClient;
import io.agencyos.testing.Person;
import io.agencyos.testing.Psql;
import io.agencyos.testing.RoomClient;
import io.agencyos.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Who is in a room, what they show, and what they say, at one replica. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
@TestProfile(RoomsTest.Impatient.class)
class RoomsTest {

    private static final String REQUEST = "requestId";
    private static final String VERSION = "videoVersionId";

    private final Person alice = Person.admin("rooms-alice");
    private final Person bob = Person.user("rooms-bob");
    private final List<RoomClient> sockets = new ArrayList<>();

    @Inject
    Rooms rooms;

    /** What takes its time otherwise is seen at once. */
    public static class Impatient implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "agency.rooms.recheck", "200ms",
                    "agency.rooms.silence", "8s",
                    "agency.rooms.members", "12",
                    "agency.rooms.queue", "64",
                    "agency.limits.connection-init", "5s");
        }
    }

    @AfterEach
    void closeTheSockets() {
        sockets.forEach(RoomClient::close);
    }

    @Test
    void whoJoinsLearnsWhoIsThere() {
        var request = request();
        var first = joined(alice, request);
        var second = socket(bob);
        var members = second.join(REQUEST, request).getJsonArray("members");
        assertEquals(
                List.of(first.connection(), second.connection()),
                members.stream()
                        .map(m -> ((JsonObject) m).getString("connection"))
                        .toList());
        var profile = members.getJsonObject(0).getJsonObject("profile");
        assertEquals(
                new JsonObject()
                        .put("id", alice.id().toString())
                        .put("firstName", "Rooms-alice")
                        .put("lastName", "Tester")
                        .put("avatarUrl", null),
                profile);
    }

    @Test
    void whoIsThereLearnsWhoComesAndGoes() {
        var request = request();
        var first = joined(alice, request);
        var second = joined(bob, request);
        var came = first.awaitEntry("came", second.connection());
        assertEquals("Rooms-bob", came.getJsonObject("profile").getString("firstName"));
        assertEquals(new JsonObject(), came.getJsonObject("state"));
        second.leave();
        second.awaitSuch(message -> message.getString("type").equals("left"));
        first.awaitGone(second.connection());
        var third = joined(bob, request);
        first.awaitEntry("came", third.connection());
        third.close();
        first.awaitGone(third.connection());
    }

    @Test
    void whatSomebodyShowsIsSeenByTheOthersAsAWhole() {
        var request = request();
        var first = joined(alice, request);
        var second = joined(bob, request);
        first.awaitEntry("came", second.connection());
        second.show(Map.of("playhead", 1_000, "playing", true));
        assertEquals(1_000, shown(first, second).getInteger("playhead"));
        second.show(Map.of("pointer", Map.of("x", 0.25, "y", 1), "colour", "red"));
        var state = shown(first, second);
        assertEquals(Set.of("pointer", "colour"), state.fieldNames());
        assertEquals(0.25, state.getJsonObject("pointer").getDouble("x"));
        var third = socket(alice);
        var entry = RoomClient.entry(third.join(REQUEST, request), "members", second.connection());
        assertEquals(state, entry.getJsonObject("state"));
    }

    /** The next state of another that is told. */
    private static JsonObject shown(RoomClient viewer, RoomClient other) {
        return viewer.awaitEntry("changed", other.connection()).getJsonObject("state");
    }

    @Test
    void statesAreToldAtMostTwentyTimesASecondAndTheLatestWins() {
        var request = request();
        var first = joined(alice, request);
        var others = IntStream.range(0, 4)
                .mapToObj(i -> joined(Person.user("rooms-player" + i), request))
                .toList();
        first.awaitEntry("came", others.get(3).connection());
        var start = System.nanoTime();
        for (var frame = 1; frame <= 25; frame++) for (var other : others) other.show(Map.of("playhead", frame));
        var told = 0;
        for (var latest = Set.<Integer>of(); !latest.equals(Set.of(25)); told++) latest = merged(first, others);
        var seconds = (System.nanoTime() - start) / 1e9;
        assertTrue(told <= 20 * seconds + 2, told + " messages in " + seconds + " seconds");
    }

    private final Map<String, Integer> playheads = new java.util.HashMap<>();

    private Set<Integer> merged(RoomClient viewer, List<RoomClient> others) {
        for (var entry : viewer.await("presence").getJsonArray("changed", new JsonArray())) {
            var change = (JsonObject) entry;
            playheads.put(
                    change.getString("connection"),
                    change.getJsonObject("state").getInteger("playhead"));
        }
        return others.stream()
                .map(other -> playheads.getOrDefault(other.connection(), 0))
                .collect(Collectors.toSet());
    }

    @Test
    void oneIsNotToldOfOneself() {
        var request = request();
        var first = joined(alice, request);
        first.show(Map.of("typing", true));
        var second = joined(bob, request);
        first.awaitEntry("came", second.connection());
        assertEquals(List.of(), first.before());
    }

    @Test
    void whatIsSaidReachesAllOthersOnceAndInOrder() {
        var request = request();
        var first = joined(alice, request);
        var second = joined(bob, request);
        var third = joined(bob, request);
        first.awaitEntry("came", third.connection());
        for (var i = 0; i < 20; i++) second.say("note", Map.of("number", i));
        for (var listener : List.of(first, third))
            for (var i = 0; i < 20; i++) {
                var said =
                        listener.awaitSuch(message -> message.getString("type").equals("broadcast"));
                assertEquals(i, said.getJsonObject("data").getInteger("number"));
                assertEquals(second.connection(), said.getString("from"));
                assertEquals("note", said.getString("name"));
                assertEquals(new JsonObject().put(REQUEST, request), said.getJsonObject("room"));
            }
        assertEquals(List.of(), first.before());
        assertTrue(second.before().stream().noneMatch(m -> m.getString("type").equals("broadcast")));
    }

    @Test
    void whoSpeaksHasBeenIntroduced() {
        var request = request();
        var first = joined(alice, request);
        var second = joined(bob, request);
        second.say("hello", "at once");
        assertEquals(
                second.connection(),
                RoomClient.entry(first.await("presence"), "came", second.connection())
                        .getString("connection"));
        assertEquals("at once", first.await("broadcast").getString("data"));
    }

    @Test
    void roomsDoNotHearEachOther() {
        var here = request();
        var there = request();
        var first = joined(alice, here);
        var second = joined(bob, there);
        second.show(Map.of("typing", true));
        second.say("note", 1);
        second.before();
        assertEquals(List.of(), first.before());
    }

    @Test
    void tabsOfOnePersonAreConnectionsOfTheirOwn() {
        var request = request();
        var first = joined(alice, request);
        var second = joined(alice, request);
        assertNotEquals(first.connection(), second.connection());
        first.awaitEntry("came", second.connection());
        second.show(Map.of("playhead", 5));
        assertEquals(5, shown(first, second).getInteger("playhead"));
        second.close();
        first.awaitGone(second.connection());
    }

    @Test
    void joiningAgainTellsAgainWhoIsThere() {
        var request = request();
        var first = joined(alice, request);
        assertEquals(1, first.join(REQUEST, request).getJsonArray("members").size());
    }

    @Test
    void anAnswerCarriesWhatTheClientCalledItsMessage() {
        var socket = socket(alice);
        socket.send(Map.of("type", "join", "ref", 7, "room", Map.of(REQUEST, request())));
        assertEquals(7, socket.await("joined").getInteger("ref"));
        socket.send(Map.of("type", "leave", "ref", "x", "room", Map.of(REQUEST, request())));
        assertEquals("x", socket.await("error").getString("ref"));
    }

    @Test
    void aClientPersonJoinsWhatTheyMayReadAndNothingElse() {
        var north = client();
        var south = client();
        var person = member(north);
        var ours = request(north);
        var theirs = request(south);
        var socket = socket(person);
        assertEquals("NOT_FOUND", socket.refusedJoin(REQUEST, theirs));
        assertEquals("NOT_FOUND", socket.refusedJoin(VERSION, version(theirs)));
        assertEquals("NOT_FOUND", socket.refusedJoin(REQUEST, UUID.randomUUID().toString()));
        assertEquals("NOT_FOUND", socket.refusedJoin(VERSION, ours));
        socket.join(VERSION, version(ours));
        socket.join(REQUEST, ours);
    }

    @Test
    void whoMayNotComeInIsNotSeenAndHearsNothing() {
        var request = request(client());
        var first = joined(alice, request);
        var stranger = socket(member(client()));
        stranger.refusedJoin(REQUEST, request);
        for (var type : List.of("state", "broadcast", "leave")) {
            stranger.send(
                    Map.of("type", type, "room", Map.of(REQUEST, request), "state", Map.of(), "name", "n", "data", 1));
            assertEquals("NOT_FOUND", stranger.error());
        }
        first.show(Map.of("typing", true));
        first.say("secret", 1);
        assertEquals(List.of(), first.before());
        assertEquals(List.of(), stranger.before());
    }

    @Test
    void whoseMembershipIsWithdrawnIsPutOutAndTheOthersStay() {
        var north = client();
        var person = member(north);
        var stays = member(north);
        var request = request(north);
        var first = joined(alice, request);
        var second = joined(person, request);
        var third = joined(stays, request);
        withdraw(north, person);
        var left = second.awaitSuch(message -> message.getString("type").equals("left"));
        assertEquals("NO_ACCESS", left.getString("reason"));
        first.awaitGone(second.connection());
        first.say("secret", 1);
        third.awaitSuch(message -> message.getString("type").equals("broadcast"));
        assertEquals(List.of(), second.before());
        assertEquals("NOT_FOUND", second.refusedJoin(REQUEST, request));
    }

    @Test
    void whenTheThingIsGoneAllArePutOut() {
        var request = request();
        var first = joined(alice, request);
        alice.get("mutation($id: ID!) { deleteRequest(id: $id) { id } }", Map.of("id", request));
        assertEquals("NO_ACCESS", first.await("left").getString("reason"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"playhead\": -1}",
                "{\"playhead\": 1.5}",
                "{\"playhead\": \"1\"}",
                "{\"typing\": 1}",
                "{\"playing\": \"yes\"}",
                "{\"pointer\": {\"x\": 2, \"y\": 0}}",
                "{\"pointer\": {\"x\": 0}}",
                "{\"pointer\": 1}",
                "[]",
                "null",
                "1"
            })
    void aStateOfTheWrongFormIsRefused(String state) {
        var request = request();
        var socket = joined(alice, request);
        socket.send("{\"type\": \"state\", \"room\": {\"requestId\": \"" + request + "\"}, \"state\": " + state + "}");
        var error = socket.await("error");
        assertEquals("VALIDATION_FAILED", error.getString("code"));
        assertTrue(error.getString("field").startsWith("state"), error.encode());
        assertEquals(new JsonObject().put(REQUEST, request), error.getJsonObject("room"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"requestId\": 1}",
                "{\"requestId\": \"1-1-1-1-1\"}",
                "\"x\"",
                "null",
                "{\"clientId\": \"x\"}"
            })
    void aRoomOfTheWrongFormIsRefused(String room) {
        var socket = socket(alice);
        socket.send("{\"type\": \"join\", \"room\": " + room + "}");
        assertEquals("room", socket.await("error").getString("field"));
    }

    @Test
    void whatIsTooLargeIsRefused() {
        var socket = joined(alice, request());
        socket.show(Map.of("text", "x".repeat(2_100)));
        assertEquals("LIMIT_EXCEEDED", socket.error());
        socket.say("n".repeat(65), 1);
        assertEquals("VALIDATION_FAILED", socket.error());
        socket.say("", 1);
        assertEquals("VALIDATION_FAILED", socket.error());
        socket.say("text", "é".repeat(2_100));
        assertEquals("LIMIT_EXCEEDED", socket.error());
        socket.say("text", "é".repeat(3_500));
        assertEquals(1009, socket.closeCode());
    }

    @Test
    void aConnectionIsInSoManyRoomsAtATime() {
        var socket = socket(alice);
        var requests = IntStream.range(0, 20).mapToObj(i -> request()).toList();
        requests.forEach(request -> socket.join(REQUEST, request));
        assertEquals("LIMIT_EXCEEDED", socket.refusedJoin(REQUEST, request()));
        socket.leave();
        socket.await("left");
        socket.join(REQUEST, requests.get(19));
    }

    @Test
    void aRoomHasSoManyMembers() {
        var request = request();
        var inside = IntStream.range(0, 12)
                .mapToObj(i -> joined(Person.user("rooms-many" + i), request))
                .toList();
        var outside = socket(alice);
        assertEquals("LIMIT_EXCEEDED", outside.refusedJoin(REQUEST, request));
        inside.get(0).leave();
        inside.get(0).awaitSuch(message -> message.getString("type").equals("left"));
        outside.join(REQUEST, request);
    }

    @Test
    void aPersonHasSoManyConnections() {
        var person = Person.user("rooms-tabs");
        var ten = IntStream.range(0, 10).mapToObj(i -> socket(person)).toList();
        var socket = kept(RoomClient.open());
        socket.send(Map.of("type", "sign_in", "token", person.token()));
        assertEquals(4429, socket.closeCode());
        ten.get(0).send("no JSON");
        ten.get(0).closeCode();
        socket(person);
    }

    @Test
    void thirtyMessagesASecondReachTheOthersAndNoMore() {
        var request = request();
        var first = joined(alice, request);
        var chatty = Person.user("rooms-chatty");
        var second = joined(chatty, request);
        var third = joined(chatty, request);
        var start = System.nanoTime();
        for (var i = 0; i < 60; i++) (i % 2 == 0 ? second : third).say("note", i);
        var heard = new ArrayList<String>();
        Await.until(
                () -> {
                    second.say("end", 1);
                    for (var message : first.come())
                        if (message.containsKey("name")) heard.add(message.getString("name"));
                    return heard.contains("end");
                },
                () -> "Nothing is heard any more");
        var seconds = (System.nanoTime() - start) / 1e9;
        assertTrue(heard.size() <= 30 + 30 * seconds, heard.size() + " messages in " + seconds + " seconds");
        assertTrue(heard.size() >= 25, heard.size() + " messages");
    }

    @Test
    void whoSendsTooMuchIsToldAndWhoGoesOnIsClosed() {
        var socket = joined(Person.user("rooms-flood"), request());
        for (var i = 0; i < 60; i++) socket.say("note", i);
        assertEquals("RATE_LIMITED", socket.error());
        try {
            for (var i = 0; i < 5_000; i++) socket.say("note", i);
        } catch (AssertionError closed) {
            assertEquals(4429, socket.closeCode());
        }
        assertEquals(4429, socket.closeCode());
    }

    @Test
    void withoutTheSubprotocolNothingIsSaid() {
        assertEquals(4406, kept(RoomClient.open((String) null)).closeCode());
        assertEquals(4406, kept(RoomClient.open("graphql-transport-ws")).closeCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"no JSON", "[]", "{}", "{\"type\": 1}", "{\"type\": \"dance\"}"})
    void whatIsNoMessageClosesTheSocket(String message) {
        var socket = socket(alice);
        socket.send(message);
        assertEquals(4400, socket.closeCode());
    }

    @Test
    void aMessageOfBytesClosesTheSocket() {
        var socket = socket(alice);
        socket.sendBinary("{\"type\": \"ping\"}");
        assertEquals(4400, socket.closeCode());
    }

    @Test
    void beforeTheSignInNothingElseIsHeard() {
        var socket = kept(RoomClient.open());
        socket.send(
                Map.of("type", "join", "room", Map.of(REQUEST, UUID.randomUUID().toString())));
        assertEquals(4401, socket.closeCode());
    }

    @Test
    void whoDoesNotSignInIsSentAway() {
        assertEquals(4408, kept(RoomClient.open()).closeCode());
    }

    @Test
    void aWrongTokenIsRefused() {
        for (var token : List.of("", ".", "nonsense", Tokens.forged("rooms-alice", "admin"))) {
            var socket = kept(RoomClient.open());
            socket.send(Map.of("type", "sign_in", "token", token));
            assertEquals(4403, socket.closeCode());
        }
    }

    @Test
    void whenTheTokenEndsTheSocketCloses() {
        var request = request();
        var first = joined(bob, request);
        var end = Instant.now().plusSeconds(5);
        var short_ = kept(RoomClient.open()).signIn(Tokens.until(end, "rooms-alice", "admin"));
        short_.join(REQUEST, request);
        assertEquals(4403, short_.closeCode());
        first.awaitGone(short_.connection());
    }

    @Test
    void aFreshTokenOfTheSamePersonKeepsTheSocketAndItsRooms() {
        var request = request();
        var first = joined(bob, request);
        var end = Instant.now().plusSeconds(5);
        var second = kept(RoomClient.open()).signIn(Tokens.until(end, "rooms-alice", "admin"));
        var connection = second.connection();
        second.join(REQUEST, request);
        second.signIn(alice.token());
        assertEquals(connection, second.connection());
        Await.until(() -> Instant.now().isAfter(end.plusSeconds(2)), () -> "Time stands still");
        second.say("still", "here");
        assertEquals(
                "here",
                first.awaitSuch(m -> m.getString("type").equals("broadcast")).getString("data"));
    }

    @Test
    void aTokenOfSomebodyElseClosesTheSocket() {
        var socket = socket(alice);
        socket.send(Map.of("type", "sign_in", "token", bob.token()));
        assertEquals(4403, socket.closeCode());
    }

    @Test
    void whoIsSilentIsGone() {
        var request = request();
        var first = joined(alice, request);
        try (var deaf = deaf(bob, request)) {
            var came = first.awaitSuch(message -> message.containsKey("came"));
            var connection = came.getJsonArray("came").getJsonObject(0).getString("connection");
            first.awaitGone(connection);
        }
    }

    @Test
    void whoTakesNothingIsCutOffWhileTheOthersHearAll() {
        var request = request();
        var first = joined(alice, request);
        var before = meter("agency_rooms_dropped_total{reason=\"slow\"");
        try (var deaf = deaf(bob, request)) {
            var connection = first.awaitSuch(message -> message.containsKey("came"))
                    .getJsonArray("came")
                    .getJsonObject(0)
                    .getString("connection");
            var speakers = IntStream.range(0, 8)
                    .mapToObj(i -> joined(Person.user("rooms-loud" + i), request))
                    .toList();
            Await.until(
                    () -> {
                        deaf.pong();
                        speakers.forEach(speaker -> speaker.say("noise", "x".repeat(3_900)));
                        return first.come().stream().anyMatch(m -> m.getJsonArray("gone", new JsonArray())
                                .contains(connection));
                    },
                    () -> "It is not cut off");
            Await.until(() -> !deaf.pong(), () -> "Its connection is kept");
        }
        assertTrue(meter("agency_rooms_dropped_total{reason=\"slow\"") > before);
    }

    private double meter(String line) {
        return RestAssured.get("/q/metrics")
                .asString()
                .lines()
                .filter(found -> found.startsWith(line))
                .mapToDouble(found -> Double.parseDouble(found.substring(found.lastIndexOf(' '))))
                .sum();
    }

    /** A member who has joined, and from then on neither reads nor answers a ping. */
    private static DeafClient deaf(Person person, String request) {
        var signIn = new JsonObject().put("type", "sign_in").put("token", person.token());
        var join = new JsonObject().put("type", "join").put("room", new JsonObject().put(REQUEST, request));
        var address = URI.create("ws://localhost:" + RestAssured.port + "/rooms");
        return DeafClient.open(address, signIn.encode(), join.encode());
    }

    @Test
    void nothingIsKeptOfAnEmptyRoom() {
        var request = request();
        var first = joined(alice, request);
        Await.until(() -> rooms.count() > 0 && rooms.members() > 0, () -> "No room");
        assertTrue(meter("agency_rooms ") > 0);
        first.show(Map.of("typing", true));
        closeTheSockets();
        Await.value(0, rooms::count);
        Await.value(0, rooms::members);
        var again = socket(bob).join(REQUEST, request).getJsonArray("members");
        assertEquals(1, again.size());
        assertNull(again.getJsonObject(0).getJsonObject("state").getValue("typing"));
        assertFalse(again.getJsonObject(0).getString("connection").isEmpty());
    }

    private RoomClient kept(RoomClient socket) {
        sockets.add(socket);
        return socket;
    }

    private RoomClient socket(Person person) {
        return kept(RoomClient.of(person));
    }

    private RoomClient joined(Person person, String request) {
        var socket = socket(person);
        socket.join(REQUEST, request);
        return socket;
    }

    private String request() {
        return request(null);
    }

    private String request(String client) {
        var input = new java.util.HashMap<String, Object>(Map.of("title", "Film", "requestType", "CREATIVE"));
        if (client != null) input.put("clientId", client);
        return alice.get(
                        "mutation($input: CreateRequestInput!) { createRequest(input: $input) { id } }",
                        Map.of("input", input))
                .getJsonObject("createRequest")
                .getString("id");
    }

    /** A video version of a request. */
    private static String version(String request) {
        var video = UUID.randomUUID().toString();
        Psql.plant(
                "insert into video_assets (id, title, project_id) values ('" + video + "', 'Film', '" + request + "')");
        var version = UUID.randomUUID().toString();
        Psql.plant("insert into video_versions (id, video_asset_id, version_number) values ('" + version + "', '"
                + video + "', 1)");
        return version;
    }

    private String client() {
        return alice.get(
                        "mutation($name: String!) { createClient(input: {name: $name}) { id } }",
                        Map.of("name", "Client " + UUID.randomUUID()))
                .getJsonObject("createClient")
                .getString("id");
    }

    private Person member(String client) {
        var person = Person.client("rooms-" + UUID.randomUUID());
        alice.get(
                "mutation($c: ID!, $p: ID!) { addClientMember(clientId: $c, profileId: $p) { id } }",
                Map.of("c", client, "p", person.id().toString()));
        return person;
    }

    private void withdraw(String client, Person person) {
        alice.get(
                "mutation($c: ID!, $p: ID!) { removeClientMember(clientId: $c, profileId: $p) { id } }",
                Map.of("c", client, "p", person.id().toString()));
    }
}
