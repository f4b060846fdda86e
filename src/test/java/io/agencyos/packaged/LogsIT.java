package io.agencyos.packaged;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.agencyos.testing.Await;
import io.agencyos.testing.Cluster;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import io.agencyos.testing.Tokens;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The log of the package: every line is an object that programs read, and says nothing that is somebody's secret. */
class LogsIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String CREATE =
            "mutation($title: String!) { createRequest(input: {title: $title, requestType: CREATIVE}) { id } }";
    private static final String UPLOAD = "mutation($id: ID!) { startUpload(input: {requestId: $id, filename:"
            + " \"zenobia.png\", size: 3, contentType: \"image/png\"}) { parts { url } } }";

    /** A name as nothing else has it, so that it is found wherever it stands. */
    private static final Person ZENOBIA = Person.admin("zenobia");

    private static Cluster cluster;
    private static Packaged application;
    private static final List<String> SECRETS = new ArrayList<>();

    @BeforeAll
    static void start() {
        cluster = Cluster.start(17);
        application = Packaged.start(cluster.settings()).awaitReady();
    }

    @AfterAll
    static void stop() {
        if (application != null) application.close();
        if (cluster != null) cluster.close();
    }

    @Test
    void whateverPeopleSendEveryLineIsAnObjectWithoutSecrets() throws Exception {
        breakSomething();
        var me = application.get(ZENOBIA, "{ viewer { id } }", Map.of()).getJsonObject("viewer");
        sendTokens();
        sendFiles();
        sendNonsense();
        var error = application.ask(ZENOBIA, CREATE, Map.of("title", "zenobia@palmyra.example broke it"));
        var number = error.getJsonArray("errors").getJsonObject(0).getJsonObject("extensions");
        Await.until(() -> application.out().contains(number.getString("id")), application::out);
        application.terminate();
        application.exitCode();
        assertLines();
        assertTold(number.getString("id"), me.getString("id"));
        assertClean();
    }

    /** An error of ours whose words hold what clients have sent, as errors of libraries do. */
    private static void breakSomething() {
        cluster.change("create function break_it() returns trigger language plpgsql as $$ begin"
                + " if new.title like '%broke it' then raise exception 'Bearer abcdef.%', new.title"
                + " using errcode = 'XX000'; end if; return new; end $$");
        cluster.change("create trigger requests_05_break before insert on requests for each row"
                + " execute function break_it()");
    }

    private static void sendTokens() {
        for (var token : List.of(
                Tokens.forged("zenobia", "admin"),
                ZENOBIA.token() + "x",
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ6ZW5vYmlhIn0.",
                "s3cr3t")) {
            SECRETS.add(token);
            application.ask(new Person("zenobia", token), "{ viewer { id } }", Map.of());
        }
        SECRETS.add(ZENOBIA.token());
        try (var socket = LiveClient.open(application.address("ws", "/graphql"), LiveClient.PROTOCOL, null)) {
            socket.init(SECRETS.get(0));
            assertEquals(4403, socket.closeCode());
        }
    }

    private static void sendFiles() throws Exception {
        var request = application.get(ZENOBIA, CREATE, Map.of("title", "Work")).getJsonObject("createRequest");
        var upload = application.get(ZENOBIA, UPLOAD, Map.of("id", request.getString("id")));
        var url = upload.getJsonObject("startUpload")
                .getJsonArray("parts")
                .getJsonObject(0)
                .getString("url");
        var signature = url.substring(url.indexOf("signature=") + 10);
        assertTrue(signature.length() > 20, url);
        SECRETS.add(signature);
        assertEquals(200, put(url, "abc"));
        assertEquals(403, put(url + "x", "abc"));
        assertTrue(put(url, "abcdef") >= 400);
    }

    private static int put(String url, String body) throws IOException, InterruptedException {
        var target = url.startsWith("http") ? URI.create(url) : application.address("http", url);
        var request = HttpRequest.newBuilder(target).PUT(BodyPublishers.ofString(body));
        return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private static void sendNonsense() throws Exception {
        for (var body :
                List.of("", "{", "[]", "{\"query\": 5}", "{\"query\": \"{ zenobia }\"}", "\u0000", "\"\\ud800\""))
            HTTP.send(
                    HttpRequest.newBuilder(application.address("http", "/graphql"))
                            .header("Content-Type", "application/json")
                            .header("Authorization", "Bearer " + ZENOBIA.token())
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.discarding());
        HTTP.send(
                HttpRequest.newBuilder(application.address("http", "/graphql?query=%7Bviewer%7B&zenobia=%0Aforged"))
                        .build(),
                BodyHandlers.discarding());
    }

    private static void assertLines() {
        assertFalse(application.log().isEmpty());
        for (var line : application.log())
            for (var field : List.of("timestamp", "level", "loggerName", "message", "threadName", "mdc", "processId"))
                assertTrue(line.containsKey(field), () -> field + ": " + line.encode());
    }

    private static void assertTold(String number, String actor) {
        var told = application.errors().stream()
                .filter(line -> line.getString("message").contains(number))
                .findFirst()
                .orElseThrow();
        var mdc = told.getJsonObject("mdc");
        assertEquals(actor, mdc.getString("actor"), told::encode);
        assertNotNull(mdc.getString("traceId"), told::encode);
        assertTrue(mdc.getString("traceId").matches("[0-9a-f]{32}"), told::encode);
        assertTrue(told.getString("stackTrace").contains("[hidden]"), told::encode);
        assertTrue(told.getString("stackTrace").contains("broke it"), told::encode);
    }

    private static void assertClean() {
        var all = application.out() + application.err();
        for (var secret : SECRETS) assertFalse(all.contains(secret), secret);
        for (var word : List.of("Zenobia", "zenobia", "palmyra", "abcdef", "Bearer ey"))
            assertFalse(all.contains(word), () -> word + ": " + lines(all, word));
    }

    private static List<String> lines(String all, String word) {
        return all.lines().filter(line -> line.contains(word)).toList();
    }
}
