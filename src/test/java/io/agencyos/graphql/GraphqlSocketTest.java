package io.agencyos.graphql;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Person;
import io.agencyos.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** The protocol of the websocket; what the subscriptions carry is LiveTest's. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class GraphqlSocketTest {

    private static final String LIVE = "subscription { requestChanged { cursor operation id node { title } } }";
    private static final String FILTERED = "subscription($filter: RequestFilter) {"
            + " requestChanged(filter: $filter) { cursor operation id node { title } } }";
    private static final String WHO = "{ viewer { firstName } }";

    private final Person bob = Person.user("socket-bob");
    private LiveClient socket;

    @AfterEach
    void closeTheSocket() {
        if (socket != null) socket.close();
    }

    @Test
    void aQueryOverTheSocketIsAnsweredOnceAndThenComplete() {
        socket = LiveClient.of(bob);
        var query = socket.subscribe(WHO);
        assertEquals("Socket-bob", query.data().getJsonObject("viewer").getString("firstName"));
        assertEquals("complete", query.message().getString("type"));
    }

    @Test
    void aMutationOverTheSocketIsDoneAndItsNestedFieldsAreRead() {
        socket = LiveClient.of(bob);
        var mutation = socket.subscribe(
                "mutation($title: String!) { createRequest(input: {title: $title, requestType: CREATIVE})"
                        + " { title createdBy { firstName } comments { totalCount } } }",
                Map.of("title", "By socket"));
        var made = mutation.data().getJsonObject("createRequest");
        assertEquals("By socket", made.getString("title"));
        assertEquals("Socket-bob", made.getJsonObject("createdBy").getString("firstName"));
        assertEquals("complete", mutation.message().getString("type"));
    }

    @Test
    void anAnswerLongerThanAFrameComesWholeAlsoAmongOthers() {
        socket = LiveClient.of(bob);
        var text = "Größe €𝄞".repeat(1_500);
        var id = UUID.randomUUID().toString();
        socket.subscribe(
                        "mutation($id: ID!, $text: String!) { createRequest(input: {id: $id, title: \"Long\","
                                + " description: $text, requestType: CREATIVE}) { id } }",
                        Map.of("id", id, "text", text))
                .data();
        var eight = IntStream.range(0, 8)
                .mapToObj(i -> "a" + i + ": request(id: $id) { description }")
                .collect(joining(" ", "query($id: ID!) { ", " }"));
        var answers = IntStream.range(0, 5)
                .mapToObj(i -> socket.subscribe(eight, Map.of("id", id)))
                .toList();
        for (var answer : answers) {
            var data = answer.data();
            for (var i = 0; i < 8; i++)
                assertEquals(text, data.getJsonObject("a" + i).getString("description"));
            assertEquals("complete", answer.message().getString("type"));
        }
    }

    @Test
    void anErrorOfAFieldIsAResultWithItsCode() {
        socket = LiveClient.of(bob);
        var query = socket.subscribe("{ request(id: \"" + UUID.randomUUID() + "\") { id } viewer { id } }");
        var result = query.message();
        assertEquals("next", result.getString("type"));
        var error = result.getJsonObject("payload").getJsonArray("errors").getJsonObject(0);
        assertEquals("NOT_FOUND", error.getJsonObject("extensions").getString("code"));
    }

    @Test
    void theTokenOfTheHandshakeServesWhereTheFirstMessageBringsNone() {
        var address = java.net.URI.create("ws://localhost:" + RestAssured.port + "/graphql");
        socket = LiveClient.open(address, LiveClient.PROTOCOL, "Bearer " + bob.token())
                .signIn(null);
        assertEquals(
                "Socket-bob",
                socket.subscribe(WHO).data().getJsonObject("viewer").getString("firstName"));
    }

    @Test
    void aPingIsAnsweredBeforeAndAfterSigningIn() {
        socket = LiveClient.open();
        socket.send("{\"type\": \"ping\"}");
        assertEquals("pong", socket.message().getString("type"));
        socket.signIn(bob.token());
        socket.send("{\"type\": \"ping\", \"payload\": {\"a\": 1}}");
        assertEquals("pong", socket.message().getString("type"));
    }

    @Test
    void aPongIsTakenWithoutAWord() {
        socket = LiveClient.of(bob);
        socket.send("{\"type\": \"pong\"}");
        socket.send("{\"type\": \"ping\"}");
        assertEquals("pong", socket.message().getString("type"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "[]",
                "7",
                "null",
                "{}",
                "{\"type\": 7}",
                "{\"type\": \"start\"}",
                "{\"type\": \"connection_ack\"}",
                "{\"type\": \"subscribe\", \"payload\": {\"query\": \"{ viewer { id } }\"}}",
                "{\"type\": \"subscribe\", \"id\": \"\", \"payload\": {\"query\": \"{ viewer { id } }\"}}",
                "{\"type\": \"subscribe\", \"id\": \"1\", \"payload\": \"{ viewer { id } }\"}",
                "{\"type\": \"subscribe\", \"id\": \"1\", \"payload\": [1]}",
                "{\"type\": \"subscribe\", \"id\": \"1\"}",
                "{\"type\": \"subscribe\", \"id\": \"1\", \"payload\": null}",
                "{\"type\": \"subscribe\", \"id\": \"1\", \"payload\": {}}",
                "{\"type\": \"subscribe\", \"id\": \"1\", \"payload\": {\"query\": 7}}",
                "{\"type\": \"subscribe\", \"id\": \"1\", \"payload\": {\"query\": \"{ a }\", \"variables\": []}}",
                "{\"type\": \"subscribe\", \"id\": \"1\", \"payload\": {\"query\": \"{ a }\", \"variables\": \"{}\"}}",
                "{\"type\": \"subscribe\", \"id\": \"1\", \"payload\": {\"query\": \"{ a }\", \"operationName\": 7}}",
                "{\"type\": \"subscribe\", \"id\": \"1\", \"payload\": {\"query\": \"{ a }\", \"extensions\": 7}}",
                "{\"type\": \"subscribe\", \"id\": 1, \"payload\": {\"query\": \"{ viewer { id } }\"}}",
                "{\"type\": \"complete\"}",
                "{\"type\": \"complete\", \"id\": 7}",
                "{\"type\": \"ping\", \"payload\": \"x\"}",
                "{\"type\": \"ping\", \"payload\": {\"authorization\": 7}}",
                "{\"type\": \"pong\", \"payload\": []}",
                "{\"type\": \"connection_init\", \"payload\": 7}",
                "{\"type\": \"ping\"} trailing",
                "{\"type\": \"pong\", \"type\": \"ping\"}",
                ""
            })
    void whatIsNoMessageClosesTheSocketWith4400(String message) {
        socket = LiveClient.of(bob);
        socket.send(message);
        assertEquals(4400, socket.closeCode());
    }

    @Test
    void jsonThatNeverEndsClosesTheSocketWith4400() {
        socket = LiveClient.of(bob);
        socket.send("{\"type\": \"ping\", \"payload\": " + "{\"a\":".repeat(100_000));
        assertEquals(4400, socket.closeCode());
    }

    @Test
    void aTokenThatIsNoStringClosesTheSocketWith4400() {
        socket = LiveClient.open();
        socket.send("{\"type\": \"connection_init\", \"payload\": {\"authorization\": {}}}");
        assertEquals(4400, socket.closeCode());
    }

    @Test
    void aMessageOfBytesClosesTheSocketWith4400() {
        socket = LiveClient.of(bob);
        socket.sendBinary("{\"type\": \"ping\"}");
        assertEquals(4400, socket.closeCode());
    }

    @Test
    void thePayloadOfAPingComesBackWithThePong() {
        socket = LiveClient.of(bob);
        socket.send("{\"type\": \"ping\", \"payload\": {\"n\": 7}}");
        assertEquals(
                "{\"type\":\"pong\",\"payload\":{\"n\":7}}", socket.message().encode());
    }

    @Test
    void whoTalksOnAndOnWithoutSigningInIsClosedWith4429() {
        socket = LiveClient.open();
        for (int i = 0; i < 101; i++) socket.send("{\"type\": \"ping\"}");
        assertEquals(4429, socket.closeCode());
    }

    @Test
    void anOperationBeforeSigningInClosesTheSocketWith4401() {
        socket = LiveClient.open();
        socket.subscribe(WHO);
        assertEquals(4401, socket.closeCode());
    }

    @Test
    void aTokenOfAnotherKeyClosesTheSocketWith4403() {
        assertRefused(Tokens.forged("socket-bob", "admin"));
    }

    @Test
    void anExpiredTokenClosesTheSocketWith4403() {
        assertRefused(Tokens.until(Instant.now().minusSeconds(60), "socket-bob", "user"));
    }

    @Test
    void whatIsNoTokenClosesTheSocketWith4403() {
        assertRefused("nonsense");
    }

    private void assertRefused(String token) {
        socket = LiveClient.open();
        socket.init(token);
        assertEquals(4403, socket.closeCode());
    }

    @Test
    void anotherSchemeThanBearerClosesTheSocketWith4403() {
        socket = LiveClient.open();
        socket.send("{\"type\": \"connection_init\", \"payload\": {\"Authorization\": \"Basic Ym9iOmJvYg==\"}}");
        assertEquals(4403, socket.closeCode());
    }

    @Test
    void theSocketClosesWith4403WhenTheTokenRunsOutInTheMiddleOfAStream() {
        socket = LiveClient.open().signIn(Tokens.until(Instant.now().plusSeconds(4), "socket-bob", "user"));
        socket.subscribe(LIVE).live();
        assertEquals(4403, socket.closeCode());
    }

    @Test
    void anotherSubprotocolIsNotAccepted() {
        socket = LiveClient.open("graphql-ws");
        assertEquals(4406, socket.closeCode());
    }

    @Test
    void noSubprotocolIsNotAccepted() {
        socket = LiveClient.open(null);
        assertEquals(4406, socket.closeCode());
    }

    @Test
    void aSocketThatNeverSignsInIsClosedWith4408() {
        socket = LiveClient.open();
        assertEquals(4408, socket.closeCode());
    }

    @Test
    void theSameIdTwiceClosesTheSocketWith4409() {
        socket = LiveClient.of(bob);
        socket.start("a", new JsonObject().put("query", LIVE)).live();
        socket.start("a", new JsonObject().put("query", WHO));
        assertEquals(4409, socket.closeCode());
    }

    @Test
    void theCloseFrameNamesTheIdUnlessItIsTooLongForAFrame() {
        for (var id : new String[] {"a", "x".repeat(10_000)})
            try (var twice = LiveClient.of(bob)) {
                twice.start(id, new JsonObject().put("query", LIVE)).live();
                twice.start(id, new JsonObject().put("query", WHO));
                assertEquals(4409, twice.closeCode());
                assertEquals(id.length() == 1 ? "Subscriber for a already exists" : "", twice.closeReason());
            }
    }

    @Test
    void anIdIsFreeAgainWhenItsOperationHasEnded() {
        socket = LiveClient.of(bob);
        var first = socket.start("a", new JsonObject().put("query", WHO));
        first.data();
        assertEquals("complete", first.message().getString("type"));
        var second = socket.start("a", new JsonObject().put("query", LIVE));
        second.live();
        second.complete();
        socket.start("a", new JsonObject().put("query", LIVE)).live();
    }

    @Test
    void signingInTwiceClosesTheSocketWith4429() {
        socket = LiveClient.of(bob);
        socket.init(bob.token());
        assertEquals(4429, socket.closeCode());
    }

    @Test
    void signingInTwiceWithoutWaitingClosesTheSocketWith4429() {
        socket = LiveClient.open();
        socket.init(bob.token());
        socket.init(bob.token());
        assertEquals(4429, socket.closeCode());
    }

    @Test
    void withoutATokenTheSocketOpensButOperationsAreUnauthenticated() {
        socket = LiveClient.open().signIn(null);
        assertEquals("UNAUTHENTICATED", socket.subscribe(WHO).errorCode());
        assertEquals("UNAUTHENTICATED", socket.subscribe(LIVE).errorCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ viewer { nothing } }",
                "{ viewer {",
                "subscription { requestChanged { nothing } }",
                "subscription { requestChanged(filter: {nothing: 1}) { id } }",
                "subscription($a: Int!) { requestChanged(after: $a) { id } }",
                "subscription { requestChanged(after: \"nonsense\") { id } }",
                "subscription { requestChanged(after: \"-1.5\") { id } }",
                "subscription { requestChanged(after: \"99999999999999999999.1\") { id } }",
                ""
            })
    void aWrongOperationIsAnErrorMessageThatSaysSo(String query) {
        socket = LiveClient.of(bob);
        var answer = socket.subscribe(query).message();
        assertEquals("error", answer.getString("type"), answer.encode());
        var error = answer.getJsonArray("payload").getJsonObject(0);
        assertEquals("VALIDATION_FAILED", error.getJsonObject("extensions").getString("code"));
        assertEquals("pong", ping().getString("type"));
    }

    @Test
    void anOperationThatIsNotInTheDocumentIsAnErrorMessage() {
        socket = LiveClient.of(bob);
        var payload = new JsonObject().put("query", "query A { viewer { id } }").put("operationName", "B");
        assertEquals("VALIDATION_FAILED", socket.start("a", payload).errorCode());
    }

    @Test
    void completeEndsOneOfTwoSubscriptions() {
        socket = LiveClient.of(bob);
        var ended = socket.subscribe(LIVE);
        var kept = socket.subscribe(LIVE);
        ended.live();
        kept.live();
        ended.complete();
        ping();
        var id = request("After the end");
        assertEquals(id, kept.change().getString("id"));
        var again =
                socket.start(ended.id(), new JsonObject().put("query", LIVE)).change();
        assertEquals("LIVE", again.getString("operation"));
    }

    @Test
    void completeOfAnUnknownOperationIsTakenWithoutAWord() {
        socket = LiveClient.of(bob);
        socket.send("{\"type\": \"complete\", \"id\": \"nobody\"}");
        assertEquals("pong", ping().getString("type"));
    }

    @Test
    void aFloodOfSubscriptionsIsRefusedBeyondTheLimitAndTheRestLives() {
        socket = LiveClient.of(bob);
        var streams =
                IntStream.range(0, 300).mapToObj(x -> socket.subscribe(LIVE)).toList();
        var counts = new HashMap<String, Integer>();
        for (var stream : streams) counts.merge(outcome(stream.message()), 1, Integer::sum);
        assertEquals(Map.of("LIVE", 100, "LIMIT_EXCEEDED", 200), counts);
        assertEquals("pong", ping().getString("type"));
    }

    @Test
    void streamsOfOneSocketAreAskedForInNoMoreTextThanOneMessageMayHave() {
        socket = LiveClient.of(bob);
        var streams = Stream.generate(this::longStream).limit(4).toList();
        var told = streams.stream().collect(groupingBy(stream -> outcome(stream.message())));
        assertEquals(2, told.get("LIVE").size());
        assertEquals(2, told.get("LIMIT_EXCEEDED").size());
        told.get("LIVE").get(0).complete();
        assertEquals("LIVE", outcome(longStream().message()));
        assertEquals("LIVE", outcome(socket.subscribe(LIVE).message()));
    }

    private LiveClient.Stream longStream() {
        var filter = Map.of("title", Map.of("eq", UUID.randomUUID() + "x".repeat(400_000)));
        return socket.subscribe(FILTERED, Map.of("filter", filter));
    }

    private static String outcome(JsonObject message) {
        if (message.getString("type").equals("error"))
            return message.getJsonArray("payload")
                    .getJsonObject(0)
                    .getJsonObject("extensions")
                    .getString("code");
        return message.getJsonObject("payload")
                .getJsonObject("data")
                .getJsonObject("requestChanged")
                .getString("operation");
    }

    @Test
    void aLongMessageIsTakenUpToTheLimitOfARequest() {
        socket = LiveClient.of(bob);
        var query = WHO + " #" + "x".repeat(600_000);
        assertEquals(
                "Socket-bob",
                socket.subscribe(query).data().getJsonObject("viewer").getString("firstName"));
    }

    @Test
    void aMessageBeyondTheLimitClosesTheSocketWith1009() {
        socket = LiveClient.of(bob);
        socket.subscribe(WHO + " #" + "x".repeat(2_000_000));
        assertEquals(1009, socket.closeCode());
    }

    private JsonObject ping() {
        socket.send("{\"type\": \"ping\"}");
        return socket.message();
    }

    private String request(String title) {
        return bob.get(
                        "mutation($title: String!) { createRequest(input: {title: $title, requestType: CREATIVE}) { id } }",
                        Map.of("title", title))
                .getJsonObject("createRequest")
                .getString("id");
    }
}
