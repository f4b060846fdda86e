package io.agencyos.graphql;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Long answers are compressed for those who accept it; event streams never are, for their events must not wait. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class CompressionTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String LONG = "{ __schema { types { name description fields { name } } } }";
    private static final String SHORT = "{ viewer { id } }";

    @TestHTTPResource("/graphql")
    URI graphql;

    private final Person zoe = Person.user("zoe-zip");

    private HttpRequest.Builder post(String query) {
        var body = new JsonObject().put("query", query).encode();
        return HttpRequest.newBuilder(graphql)
                .header("Authorization", "Bearer " + zoe.token())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    /** That nothing was done may be said, or not. */
    private static String encoding(HttpResponse<?> answer) {
        return answer.headers().firstValue("content-encoding").orElse("identity");
    }

    private static JsonObject json(byte[] body) {
        return new JsonObject(new String(body, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/graphql-response+json"})
    void aLongAnswerIsCompressed(String accept) throws Exception {
        var plain = send(post(LONG).header("Accept", accept));
        var packed = send(post(LONG).header("Accept", accept).header("Accept-Encoding", "br;q=0.1, gzip"));
        assertEquals("identity", encoding(plain));
        assertEquals("gzip", encoding(packed));
        assertTrue(packed.body().length < plain.body().length / 3, packed.body().length + " bytes");
        var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes();
        assertEquals(json(plain.body()), json(unpacked));
    }

    @Test
    void whetherItIsDependsOnTheRequest() throws Exception {
        for (var query : new String[] {LONG, SHORT}) {
            var vary = String.join(",", send(post(query)).headers().allValues("vary"));
            assertTrue(vary.toLowerCase().contains("accept-encoding"), vary);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip;q=0", "identity, gzip;q=0", "nonsense"})
    void whoDoesNotAcceptItGetsItPlain(String encodings) throws Exception {
        var answer = send(post(LONG).header("Accept-Encoding", encodings));
        assertEquals("identity", encoding(answer));
        assertTrue(json(answer.body()).containsKey("data"));
    }

    @Test
    void aShortAnswerIsNotCompressed() throws Exception {
        var answer = send(post(SHORT).header("Accept-Encoding", "gzip"));
        assertEquals("identity", encoding(answer));
        assertTrue(json(answer.body()).containsKey("data"));
    }

    @Test
    void theSchemaIsCompressed() throws Exception {
        var schema =
                HttpRequest.newBuilder(URI.create(graphql + "/schema.graphql")).header("Accept-Encoding", "gzip");
        assertEquals("gzip", encoding(send(schema)));
    }

    @Test
    void anEventIsThereAtOnceThoughTheClientAcceptsCompression() throws Exception {
        var subscription = post("subscription { requestChanged { operation node { title } } }")
                .header("Accept", "text/event-stream")
                .header("Accept-Encoding", "gzip")
                .build();
        var answer = HTTP.send(subscription, BodyHandlers.ofLines());
        assertEquals("identity", encoding(answer));
        try (var lines = answer.body()) {
            var events = lines.filter(line -> line.startsWith("data: {")).iterator();
            assertTrue(events.next().contains("LIVE"));
            var title = Work.name("At once ");
            Work.request(zoe, "title", title);
            assertTrue(Stream.generate(events::next).anyMatch(event -> event.contains(title)));
        }
    }

    @Test
    void aCompressedRequestIsRefusedByName() throws Exception {
        var request = HttpRequest.newBuilder(graphql)
                .header("Authorization", "Bearer " + zoe.token())
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(packed("{\"query\": \"" + SHORT + "\"}")));
        var answer = send(request);
        assertEquals(415, answer.statusCode());
        assertEquals("identity", answer.headers().firstValue("accept-encoding").orElseThrow());
        assertTrue(new String(answer.body(), StandardCharsets.UTF_8).contains("must not be compressed"));
    }

    private static byte[] packed(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void aRequestThatSaysItIsNotCompressedIsTaken() throws Exception {
        assertEquals(
                200, send(post(SHORT).header("Content-Encoding", "identity")).statusCode());
    }
}
