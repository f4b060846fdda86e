package io.agencyos.packaged;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.agencyos.testing.Cluster;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import io.agencyos.testing.RawSocket;
import io.agencyos.testing.RoomClient;
import io.agencyos.testing.Tokens;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** The settings that nobody has to make, each made differently from its default and seen at work. */
class SettingsIT {

    private static final String CREATE =
            "mutation { createRequest(input: {title: \"Not theirs\", requestType: CREATIVE}) { id } }";
    private static Cluster cluster;
    private static Packaged application;
    private static final Person ALICE = new Person("alice", Tokens.inRealm("alice", "admin", "agency"));

    @BeforeAll
    static void start() {
        cluster = Cluster.migrated();
        var settings = new HashMap<>(cluster.settings());
        settings.putAll(Map.of(
                "AGENCY_LIMITS_COST", "1000",
                "AGENCY_LIMITS_DEPTH", "4",
                "AGENCY_LIMITS_ALIASES", "1",
                "AGENCY_LIMITS_TOKENS", "100",
                "AGENCY_LIMITS_DURATION", "20s"));
        settings.putAll(Map.of(
                "AGENCY_ROOMS_MEMBERS", "1",
                "AGENCY_ROOMS_PER_CONNECTION", "1",
                "AGENCY_ROOMS_CONNECTIONS", "2"));
        settings.putAll(Map.of(
                "AGENCY_OIDC_ROLES_CLAIM", "realm_access/roles",
                "AGENCY_OIDC_AUDIENCE", "agency",
                "AGENCY_CORS_ORIGINS", "https://app.example",
                "AGENCY_GRAPHIQL", "false",
                "AGENCY_INTROSPECTION", "false",
                "AGENCY_CLIENTS_SEE", "all",
                "AGENCY_DB_POOL_SIZE", "2",
                "AGENCY_LIMITS_KEEPALIVE", "3s",
                "AGENCY_LIMITS_SOCKETS", "2",
                "AGENCY_LIMITS_BODY", "2K"));
        application = Packaged.start(settings).awaitReady();
    }

    @AfterAll
    static void stop() {
        if (application != null) application.close();
        if (cluster != null) cluster.close();
    }

    @Test
    void theRoleIsReadWhereTheProviderPutsIt() {
        var viewer = application.get(ALICE, "{ viewer { role } }", Map.of()).getJsonObject("viewer");
        assertEquals("ADMIN", viewer.getString("role"));
    }

    @Test
    void aTokenForAnotherAudienceIsRefused() {
        given().header("Authorization", "Bearer " + Tokens.inRealm("alice", "admin", "elsewhere"))
                .contentType("application/json")
                .body("{\"query\": \"{ viewer { id } }\"}")
                .post(application.address("http", "/graphql"))
                .then()
                .statusCode(401)
                .body("errors[0].extensions.code", equalTo("UNAUTHENTICATED"));
    }

    @Test
    void aPageOfAnAllowedOriginMayCall() {
        preflight("https://app.example")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", "https://app.example");
    }

    @Test
    void aPageOfAnotherOriginMayNot() {
        preflight("https://evil.example").then().statusCode(403);
    }

    private static io.restassured.response.Response preflight(String origin) {
        return given().header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type")
                .options(application.address("http", "/graphql"));
    }

    @Test
    void graphiqlCanBeSwitchedOff() {
        assertEquals(404, application.status("/graphiql"));
        assertEquals(404, application.status("/graphiql/session.json"));
    }

    @Test
    void introspectionCanBeSwitchedOff() {
        assertEquals(404, application.status("/graphql/schema.graphql"));
        for (var query : new String[] {
            "{ a: __schema { description } }", "query { ...T } fragment T on Query { __type(name: \"ID\") { name } }"
        })
            given().header("Authorization", "Bearer " + ALICE.token())
                    .contentType("application/json")
                    .accept("application/graphql-response+json")
                    .body(new JsonObject().put("query", query).encode())
                    .post(application.address("http", "/graphql"))
                    .then()
                    .statusCode(403)
                    .body("errors[0].extensions.code", equalTo("FORBIDDEN"))
                    .body("errors[0].message", containsString("Introspection"));
        var name = application.get(ALICE, "{ viewer { __typename } }", Map.of()).getJsonObject("viewer");
        assertEquals("Profile", name.getString("__typename"));
    }

    @Test
    void introspectionIsOffInAWebsocketToo() {
        try (var socket = LiveClient.open(application.address("ws", "/graphql"), LiveClient.PROTOCOL, null)
                .signIn(ALICE.token())) {
            assertEquals(
                    "FORBIDDEN",
                    socket.subscribe("{ __schema { description } }").errorCode());
        }
    }

    @Test
    void theNumberOfAPersonsSocketsAndTheTimeOfSilenceCanBeSet() {
        try (var first = open().signIn(ALICE.token());
                var second = open().signIn(ALICE.token());
                var third = open()) {
            third.init(ALICE.token());
            assertEquals(1013, third.closeCode());
        }
        try (var silent = RawSocket.open(application.address("ws", "/graphql"))) {
            assertEquals(1001, silent.closeCode());
        }
    }

    @Test
    void aReplicaThatStoodStillItselfGivesNobodyUp() {
        try (var socket = open().signIn(ALICE.token())) {
            application.standStill(Duration.ofSeconds(7));
            for (var i = 0; i < 10; i++) {
                socket.send("{\"type\": \"ping\"}");
                assertEquals("pong", socket.message().getString("type"));
            }
        }
    }

    private static LiveClient open() {
        return LiveClient.open(application.address("ws", "/graphql"), LiveClient.PROTOCOL, null);
    }

    @Test
    void clientsCanBeLetToSeeAllThatIsNotInternal() {
        var id = application
                .get(ALICE, CREATE, Map.of())
                .getJsonObject("createRequest")
                .getString("id");
        var client = new Person("clara", Tokens.inRealm("clara", "client", "agency"));
        var seen = application.get(client, "query($id: ID!) { request(id: $id) { title } }", Map.of("id", id));
        assertEquals("Not theirs", seen.getJsonObject("request").getString("title"));
    }

    @Test
    void theLimitsOfRoomsCanBeSet() {
        var rooms = application.address("ws", "/rooms");
        try (var first = RoomClient.open(rooms, RoomClient.PROTOCOL).signIn(ALICE.token());
                var second = RoomClient.open(rooms, RoomClient.PROTOCOL).signIn(ALICE.token());
                var third = RoomClient.open(rooms, RoomClient.PROTOCOL)) {
            first.join("requestId", made());
            assertEquals("LIMIT_EXCEEDED", first.refusedJoin("requestId", made()));
            var full = made();
            second.join("requestId", full);
            first.leave();
            first.await("left");
            assertEquals("LIMIT_EXCEEDED", first.refusedJoin("requestId", full));
            third.send(Map.of("type", "sign_in", "token", ALICE.token()));
            assertEquals(4429, third.closeCode());
        }
    }

    private static String made() {
        return application
                .get(ALICE, CREATE, Map.of())
                .getJsonObject("createRequest")
                .getString("id");
    }

    @Test
    void theLimitsOfADocumentCanBeSet() {
        assertLimited("{ requests(first: 100) { nodes { comments(first: 5) { nodes { id } } } } }");
        assertLimited("{ requests(first: 1) { nodes { client { requests(first: 1) { nodes { id } } } } } }");
        assertLimited("{ a: viewer { id } b: viewer { id } }");
        assertLimited("{ viewer { " + "id ".repeat(100) + "} }");
    }

    private static void assertLimited(String query) {
        given().header("Authorization", "Bearer " + ALICE.token())
                .contentType("application/json")
                .body(new JsonObject().put("query", query).encode())
                .post(application.address("http", "/graphql"))
                .then()
                .body("errors[0].extensions.code", equalTo("LIMIT_EXCEEDED"));
    }

    @Test
    void aLongerBodyThanAllowedIsNamed() {
        given().header("Authorization", "Bearer " + ALICE.token())
                .contentType("application/json")
                .body("{\"query\": \"{ viewer { id } } #" + "x".repeat(3_000) + "\"}")
                .post(application.address("http", "/graphql"))
                .then()
                .statusCode(413)
                .body("errors[0].extensions.code", equalTo("LIMIT_EXCEEDED"));
    }
}
