package io.agencyos.dev;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.agencyos.testing.Await;
import io.agencyos.testing.FreshCopy;
import io.agencyos.testing.FreshCopy.Running;
import io.agencyos.testing.NodeScript;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** README's first command on a fresh clone, as somebody sees it who came a minute ago. */
class DevModeIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String BOARD = "{ requests(filter: {status: {eq: IN_PROGRESS}}, first: 50) { totalCount nodes"
            + " { title priority client { name } assignedTo { firstName }"
            + " comments(first: 5) { nodes { content isInternal user { firstName } } } } } }";
    private static Running dev;
    private static String base;

    @BeforeAll
    static void startDevMode() throws IOException {
        var port = freePort();
        base = "http://localhost:" + port;
        dev = FreshCopy.in("dev-mode-copy").maven("quarkus:dev", "-Ddebug=false", "-Dquarkus.http.port=" + port);
        dev.awaitText("Listening on", 300);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @AfterAll
    static void endDevMode() {
        if (dev != null) dev.close();
    }

    @Test
    void theBannerSaysWhereEverythingIs() {
        dev.awaitText(base + "/graphiql", 30);
        dev.awaitText("A subscription:", 30);
    }

    @Test
    void itStartsWithoutAnErrorInTheLog() {
        assertFalse(dev.text().contains("ERROR"), dev.text());
        assertFalse(dev.text().contains("\tat "), dev.text());
    }

    @Test
    void graphiqlIsThere() {
        assertTrue(get("/graphiql").contains("Agency OS GraphiQL"));
    }

    @Test
    void fourPeopleCanSignInAndAliceIsTheFirst() {
        var people = new JsonObject(get("/graphiql/session.json")).getJsonArray("people");
        assertEquals(new JsonArray(List.of("alice", "bob", "carol", "dana")), people);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "bob", "carol", "dana"})
    void eachOfThemIsSignedInAsThemselves(String name) {
        var viewer = ask(name, "{ viewer { firstName role } }").getJsonObject("viewer");
        assertEquals(name, viewer.getString("firstName").toLowerCase(java.util.Locale.ROOT));
    }

    @Test
    void theProbeLooksForTheProviderThatDevModeBrings() {
        Await.value("there", DevModeIT::provider);
    }

    private static String provider() {
        return new JsonObject(get("/q/health/ready"))
                .getJsonArray("checks").stream()
                        .map(JsonObject.class::cast)
                        .filter(check -> check.getString("name").equals("Identity provider"))
                        .findFirst()
                        .orElseThrow()
                        .getJsonObject("data")
                        .getString("state");
    }

    @Test
    void theBoardHoldsDemoData() {
        var board = ask("alice", BOARD).getJsonObject("requests");
        // three, and whatever the browser has moved there
        assertTrue(board.getInteger("totalCount") >= 3, board.encode());
        var first = board.getJsonArray("nodes").getJsonObject(0);
        assertNotNull(first.getJsonObject("client").getString("name"));
        assertNotNull(first.getJsonObject("assignedTo").getString("firstName"));
        assertTrue(board.encode().contains("Internal: we have eight hours left"));
    }

    @Test
    void aClientSeesTheirOwnPartOfItAndNothingInternal() {
        var all = ask("alice", "{ requests { totalCount } }").getJsonObject("requests");
        var own = ask("dana", "{ requests { totalCount nodes { client { name } } } }")
                .getJsonObject("requests");
        assertTrue(own.getInteger("totalCount") > 0 && own.getInteger("totalCount") < all.getInteger("totalCount"));
        for (var node : own.getJsonArray("nodes"))
            assertEquals(
                    "Northwind Coffee",
                    ((JsonObject) node).getJsonObject("client").getString("name"));
        assertFalse(ask("dana", BOARD).encode().contains("Internal:"));
    }

    @Test
    void graphiqlWorksInABrowser() {
        var chromium = Path.of("/usr/bin/chromium");
        assumeTrue(Files.isExecutable(chromium), "There is no Chromium here");
        var settings = Map.of("BASE_URL", base, "CHROMIUM", chromium.toString(), "SCREENSHOTS", "screenshots");
        NodeScript.run("graphiql.test.mjs", settings);
    }

    private static JsonObject ask(String name, String query) {
        var token = new JsonObject(get("/graphiql/token/" + name)).getString("token");
        var answer = new JsonObject(send(HttpRequest.newBuilder(URI.create(base + "/graphql"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(
                        new JsonObject().put("query", query).encode()))));
        if (answer.containsKey("errors")) throw new AssertionError(answer.encode());
        return answer.getJsonObject("data");
    }

    private static String get(String path) {
        return send(HttpRequest.newBuilder(URI.create(base + path)));
    }

    private static String send(HttpRequest.Builder request) {
        try {
            var answer = HTTP.send(request.build(), BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), answer.body());
            return answer.body();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
