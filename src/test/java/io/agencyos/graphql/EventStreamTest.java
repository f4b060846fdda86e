package io.agencyos.graphql;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@QuarkusTest
@WithTestResource(AgencyResource.class)
class EventStreamTest {

    private static final String CREATE =
            "mutation($title: String!) { createRequest(input: {title: $title, requestType: PROJECT}) { id } }";

    @TestHTTPResource("/graphql")
    URI graphql;

    private final Person eve = Person.user("eve-stream");

    @Test
    void aSubscriptionComesAsServerSentEvents() throws Exception {
        var answer = post(eve, "subscription { requestChanged { operation node { title } } }");
        assertEquals(
                "text/event-stream; charset=utf-8",
                answer.headers().firstValue("content-type").orElseThrow());
        try (var lines = answer.body()) {
            var results = results(lines);
            assertEquals("LIVE", results.next().getString("operation"));
            eve.get(CREATE, Map.of("title", "Streamed"));
            assertTrue(
                    Stream.generate(results::next).map(EventStreamTest::title).anyMatch("Streamed"::equals));
        }
    }

    @Test
    void aQueryComesAsOneEventAndTheEnd() throws Exception {
        var lines = post(eve, "{ viewer { firstName } }").body().toList();
        assertEquals("event: next", lines.get(0));
        assertTrue(lines.get(1).contains("\"firstName\":\"Eve-stream\""));
        assertTrue(lines.contains("event: complete"));
    }

    @Test
    void aSubscriptionAskedForAsJsonIsRefused() {
        var error = eve.error("subscription { requestChanged { id } }", Map.of());
        assertEquals("VALIDATION_FAILED", error.getString("code"));
    }

    private static Iterator<JsonObject> results(Stream<String> lines) {
        return lines.filter(line -> line.startsWith("data: {"))
                .map(line ->
                        new JsonObject(line.substring(6)).getJsonObject("data").getJsonObject("requestChanged"))
                .iterator();
    }

    private static String title(JsonObject change) {
        var node = change.getJsonObject("node");
        return node == null ? null : node.getString("title");
    }

    private HttpResponse<Stream<String>> post(Person who, String query) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(graphql)
                .header("Authorization", "Bearer " + who.token())
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(
                        new JsonObject().put("query", query).encode()))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofLines());
    }
}
