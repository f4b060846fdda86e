package io.agencyos.graphql;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.Psql;
import io.agencyos.testing.TestDatabase;
import io.agencyos.testing.Together;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

/** A retry under the same {@code Idempotency-Key} does nothing again and is answered as the first time. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class IdempotencyTest {

    private static final String CREATE =
            "mutation($t: String!) { createRequest(input: {title: $t, requestType: CREATIVE}) { id title } }";
    private static final String TWO =
            "mutation($t: String!) { a: createRequest(input: {title: $t, requestType: CREATIVE}) { id }"
                    + " b: createRequest(input: {title: $t, requestType: CREATIVE}) { id } }";
    private static final String ONE_OF_TWO = "mutation($t: String!, $gone: ID!) { deleteRequest(id: $gone) { id }"
            + " createRequest(input: {title: $t, requestType: CREATIVE}) { id } }";

    private final Person ida = Work.user();
    private final String key = UUID.randomUUID().toString();
    private final String title = Work.name("Once ");

    private RequestSpecification as(Person who, String key) {
        return given().header("Authorization", "Bearer " + who.token())
                .header("Idempotency-Key", key)
                .contentType("application/json");
    }

    private Response send(String query, Map<String, Object> variables) {
        return as(ida, key).body(body(query, variables)).post("/graphql");
    }

    private Response create(String title) {
        return send(CREATE, Map.of("t", title));
    }

    private static String body(String query, Map<String, Object> variables) {
        return new JsonObject().put("query", query).put("variables", variables).encode();
    }

    private long made() {
        return Long.parseLong(Psql.column("select count(*) from requests where title = ?", title)
                .get(0));
    }

    @Test
    void aRetryIsAnsweredWithTheSameBytes() {
        var first = create(title);
        var second = create(title);
        assertNull(first.header("Idempotency-Replayed"));
        assertEquals("true", second.header("Idempotency-Replayed"));
        assertEquals(200, second.statusCode());
        assertArrayEquals(first.asByteArray(), second.asByteArray());
        assertEquals(1, made());
    }

    @Test
    void fiftyRetriesAtOnceMakeOneRowAndGetOneAnswer() {
        ida.id();
        var answers = Together.all(50, i -> create(title).asString());
        assertEquals(1, answers.stream().distinct().count(), answers.toString());
        assertEquals(1, made());
    }

    @Test
    void anotherBodyUnderTheSameKeyIsRefused() {
        create(title);
        create(title + "!")
                .then()
                .statusCode(422)
                .body("errors[0].extensions.code", equalTo("IDEMPOTENCY_MISMATCH"))
                .body("errors[0].message", containsString("another request"));
        assertEquals(1, made());
    }

    @Test
    void theOrderOfVariablesAndQuotesAroundTheKeyMakeNoDifference() {
        var gone = UUID.randomUUID().toString();
        var one = as(ida, key).body(body(ONE_OF_TWO, Work.map("t", title, "gone", gone)));
        var other = as(ida, "\"" + key + "\"").body(body(ONE_OF_TWO, Work.map("gone", gone, "t", title)));
        assertEquals(one.post("/graphql").asString(), other.post("/graphql").asString());
    }

    @Test
    void severalFieldsAreOneClaim() {
        var first = send(TWO, Map.of("t", title)).asString();
        assertEquals(first, send(TWO, Map.of("t", title)).asString());
        assertEquals(2, made());
    }

    @Test
    void whatHalfFailedIsReplayedAsItWas() {
        var gone = UUID.randomUUID().toString();
        var both = "mutation($t: String!, $gone: ID!) { createRequest(input: {title: $t, requestType: CREATIVE}) { id }"
                + " deleteRequest(id: $gone) { id } }";
        var first = send(both, Map.of("t", title, "gone", gone)).asString();
        assertEquals(first, send(both, Map.of("t", title, "gone", gone)).asString());
        assertEquals(1, made());
    }

    @Test
    void whatWroteNothingLeavesTheKeyFree() {
        send(CREATE, Map.of()).then().body("errors[0].extensions.code", equalTo("VALIDATION_FAILED"));
        create("").then().body("errors[0].extensions.code", equalTo("VALIDATION_FAILED"));
        create(title).then().body("data.createRequest.title", equalTo(title));
        assertEquals(1, made());
    }

    @Test
    void aKeyIsTheActorsOwn() {
        var mine = create(title).asString();
        var theirs = as(Work.user(), key)
                .body(body(CREATE, Map.of("t", title)))
                .post("/graphql")
                .asString();
        assertNotEquals(mine, theirs);
        assertEquals(2, made());
    }

    @Test
    void aKeyCountsForADay() {
        create(title);
        Psql.plant("update idempotency_keys set created_at = now() - interval '24 hours' where key = ?", key);
        assertNull(create(title).header("Idempotency-Replayed"));
        assertEquals("true", create(title).header("Idempotency-Replayed"));
        assertEquals(2, made());
    }

    @Test
    void aRetryWaitsForTheAnswerOfTheFirst() {
        create(title);
        Psql.plant("update idempotency_keys set status = null, answer = null, created_at = now() where key = ?", key);
        var answers = Together.all(2, i -> i == 0 ? create(title).asString() : answerLater());
        assertEquals(answers.get(1), answers.get(0));
        assertEquals(1, made());
    }

    private String answerLater() {
        Psql.plant("update idempotency_keys set status = 200, answer = '{\"data\":7}' where key = ?", key);
        return "{\"data\":7}";
    }

    @Test
    void aRetryDoesNotWaitForeverForAnAttemptThatHasNotCommitted() throws SQLException {
        var lock = "select pg_advisory_lock(hashtextextended(concat('" + ida.id() + "', ' ', '" + key + "'), 0))";
        try (var first = TestDatabase.connect("postgres", AgencyResource.DATABASE)) {
            first.createStatement().execute(lock);
            create(title)
                    .then()
                    .statusCode(409)
                    .body("errors[0].extensions.code", equalTo("CONFLICT"))
                    .body("errors[0].message", containsString("still running"));
            assertEquals(0, made());
        }
        create(title).then().body("data.createRequest.title", equalTo(title));
        assertEquals(1, made());
    }

    @Test
    void anAttemptThatBrokeOffAfterItsWriteIsNotRepeated() {
        create(title);
        var broken = "status = null, answer = null, created_at = now() - interval '1 minute'";
        Psql.plant("update idempotency_keys set " + broken + " where key = ?", key);
        create(title)
                .then()
                .statusCode(409)
                .body("errors[0].extensions.code", equalTo("CONFLICT"))
                .body("errors[0].message", containsString("has written"));
        assertEquals(1, made());
    }

    @Test
    void whoIsNotSignedInHasNoKeys() {
        given().header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body(CREATE, Map.of("t", title)))
                .post("/graphql")
                .then()
                .body("errors[0].extensions.code", equalTo("UNAUTHENTICATED"));
        assertEquals(List.of(), Psql.column("select key from idempotency_keys where key = ?", key));
    }

    @Test
    void aQueryNeedsNoKey() {
        send("{ viewer { id } }", Map.of()).then().body("errors", equalTo(null));
        assertEquals(List.of(), Psql.column("select key from idempotency_keys where key = ?", key));
    }

    @Test
    void moreRetriesThanConnectionsDoNotStandInEachOthersWay() {
        ida.id();
        var answers = Together.all(60, i -> as(ida, key + i % 3)
                .body(body(CREATE, Map.of("t", title)))
                .post("/graphql")
                .asString());
        assertEquals(3, answers.stream().distinct().count(), answers.toString());
        assertEquals(3, made());
    }
}
