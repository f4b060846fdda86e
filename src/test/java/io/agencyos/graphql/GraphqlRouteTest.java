package io.agencyos.graphql;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.Tokens;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@QuarkusTest
@WithTestResource(AgencyResource.class)
class GraphqlRouteTest {

    private static final String MUTATION = "mutation { updateProfile(input: {lastName: \"Got\"}) { lastName } }";

    private final Person gwen = Person.user("gwen");

    private RequestSpecification signedIn() {
        return given().header("Authorization", "Bearer " + gwen.token());
    }

    @Test
    void aQueryCanBeGot() {
        var query = "query($n: Int) { requests(first: $n) { totalCount } }";
        signedIn()
                .queryParam("query", query)
                .queryParam("variables", "{\"n\": 1}")
                .get("/graphql")
                .then()
                .statusCode(200)
                .body("errors", equalTo(null));
    }

    @Test
    void aMutationNeedsPost() {
        signedIn()
                .queryParam("query", MUTATION)
                .get("/graphql")
                .then()
                .statusCode(405)
                .header("Allow", "POST");
    }

    @Test
    void anEmptyOperationNameMakesNoDifference() {
        var got = signedIn()
                .queryParam("query", MUTATION)
                .queryParam("operationName", "")
                .get("/graphql");
        got.then().statusCode(405);
    }

    @Test
    void otherMethodsAreNamed() {
        signedIn().delete("/graphql").then().statusCode(405).header("Allow", "GET, POST");
    }

    @Test
    void whatIsNotWrittenHereIsNotAcceptable() {
        signedIn()
                .accept("text/csv")
                .queryParam("query", "{ viewer { id } }")
                .get("/graphql")
                .then()
                .statusCode(406);
    }

    @Test
    void onlyJsonIsRead() {
        signedIn()
                .contentType("text/plain")
                .body("{ viewer { id } }")
                .post("/graphql")
                .then()
                .statusCode(415);
    }

    @Test
    void aBodyBeyondTheLimitIsNamed() {
        signedIn()
                .contentType("application/json")
                .body("{\"query\": \"" + "x".repeat(11_000_000) + "\"}")
                .post("/graphql")
                .then()
                .statusCode(413)
                .body("errors[0].extensions.code", equalTo("LIMIT_EXCEEDED"));
    }

    @Test
    void anEventStreamEndsWithItsTokenAndIsNotComplete() {
        var token = Tokens.until(Instant.now().plusSeconds(3), "gwen", "user");
        given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .accept("text/event-stream")
                .body("{\"query\": \"subscription { requestChanged { operation } }\"}")
                .post("/graphql")
                .then()
                .body(
                        containsString("LIVE"),
                        containsString("UNAUTHENTICATED"),
                        not(containsString("event: complete")));
    }

    @Test
    void thePagesOfStrangersMayNotCall() {
        signedIn()
                .header("Origin", "https://evil.example")
                .get("/graphql")
                .then()
                .statusCode(403);
    }

    @Test
    void aNullInAListAsksNothing() {
        var query = "query($o: [RequestOrder], $f: RequestFilter) { requests(orderBy: $o, filter: $f) { totalCount } }";
        var nothing = Collections.singletonList(null);
        var variables = Map.<String, Object>of("o", nothing, "f", Map.of("and", nothing, "or", nothing));
        assertTrue(gwen.get(query, variables).getJsonObject("requests").containsKey("totalCount"));
    }

    @Test
    void aListInAFilterHasALimit() {
        var query = "query($f: RequestFilter) { requests(filter: $f) { totalCount } }";
        var many = Map.of("priority", Map.of("in", Collections.nCopies(1_001, "LOW")));
        assertEquals("LIMIT_EXCEEDED", gwen.code(query, Map.of("f", many)));
    }

    @Test
    void aReplyMadeInternalByItsParentCanBeRepeated() {
        var create = "mutation($input: CreateCommentInput!) { createComment(input: $input) { id isInternal } }";
        var request = Work.request(gwen);
        var parent = Map.of("requestId", request, "content", "Between us", "isInternal", true);
        var head = gwen.get(create, Map.of("input", parent))
                .getJsonObject("createComment")
                .getString("id");
        var reply = Map.of(
                "id",
                java.util.UUID.randomUUID().toString(),
                "requestId",
                request,
                "content",
                "Yes",
                "parentCommentId",
                head);
        var answers = List.of(gwen.get(create, Map.of("input", reply)), gwen.get(create, Map.of("input", reply)));
        assertEquals(answers.get(0), answers.get(1));
        assertTrue(answers.get(0).getJsonObject("createComment").getBoolean("isInternal"));
    }
}
