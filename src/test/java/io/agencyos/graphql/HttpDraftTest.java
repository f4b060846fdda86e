package io.agencyos.graphql;

import java.nio.charset.StandardCharsets;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** What the GraphQL-over-HTTP draft and RFC 9110 say, beyond what the audits of the reference implementation ask. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class HttpDraftTest {

    private static final String JSON = "application/json; charset=utf-8";
    private static final String RESPONSE = "application/graphql-response+json; charset=utf-8";
    private static final String BODY = "{\"query\": \"{ viewer { id } }\"}";

    private final Person hilda = Person.user("hilda");

    /** Says nothing of its own about media types. */
    private RequestSpecification signedIn() {
        var plain = EncoderConfig.encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false);
        return given().config(RestAssuredConfig.config().encoderConfig(plain))
                .header("Authorization", "Bearer " + hilda.token());
    }

    private Response post(String contentType, String accept, String body) {
        return signedIn()
                .header("Content-Type", contentType)
                .header("Accept", accept)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/graphql");
    }

    private ValidatableResponse post(String body) {
        return post("application/json", RESPONSE, body).then();
    }

    @Test
    void aPostWithoutATypeIsRefused() {
        var answer = signedIn()
                .body(BODY.getBytes(StandardCharsets.UTF_8))
                .noContentType()
                .post("/graphql");
        assertEquals(415, answer.statusCode());
    }

    @Test
    void anEmptyBodyIsNamed() {
        post("").statusCode(400).body("errors[0].message", equalTo("The body is empty"));
    }

    @Test
    void aBodyThatIsNotUtf8IsNamed() {
        signedIn()
                .header("Content-Type", "application/json")
                .body("{\"query\": \"{ viewer { id } } # \u00e4\"}".getBytes(StandardCharsets.ISO_8859_1))
                .post("/graphql")
                .then()
                .statusCode(400)
                .body("errors[0].message", equalTo("The body is not UTF-8"));
    }

    @Test
    void batchesAreRefusedByName() {
        post("[" + BODY + "," + BODY + "]").statusCode(400).body("errors[0].message", containsString("Batches"));
        post("[]").statusCode(400).body("errors[0].message", containsString("Batches"));
    }

    @Test
    void aNameThatStandsTwiceIsRefused() {
        post("{\"query\": \"{ viewer { id } }\", \"query\": \"{ viewer { role } }\"}")
                .statusCode(400)
                .body("errors[0].message", containsString("twice"));
        post("{\"query\": \"{ viewer { id } }\", \"variables\": {\"a\": 1, \"a\": 2}}")
                .statusCode(400);
    }

    @Test
    void unknownEntriesAndNullsMakeNoDifference() {
        post("{\"query\": \"{ viewer { id } }\", \"\": 1, \"id\": 7, \"operationName\": null, \"variables\": null,"
                        + " \"extensions\": null, \"documentId\": null}")
                .statusCode(200)
                .body("errors", equalTo(null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"query": "{"} | 400
            {"query": "{ viewer { shoeSize } }"} | 400
            {"query": "query($n: Int!) { requests(first: $n) { totalCount } }", "variables": {"n": "x"}} | 400
            {"query": "query A { __typename } query B { __typename }"} | 400
            {"query": "query A { __typename }", "operationName": "C"} | 400
            {"qeury": "{ __typename }"} | 400
            {"query": "{ __typename }", "variables": [7]} | 400
            nonsense | 400
            """)
    void aRequestThatCannotBeExecutedHasNoDataInTheNewForm(String body, int status) {
        post(body).statusCode(status).contentType(RESPONSE).body("data", equalTo(null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"query\": \"{\"}",
                "{\"query\": \"{ viewer { shoeSize } }\"}",
                "{\"query\": \"query A { __typename } query B { __typename }\"}"
            })
    void inTheOlderFormWhatIsWellFormedIs200(String body) {
        post("application/json", "application/json", body)
                .then()
                .statusCode(200)
                .contentType(JSON);
    }

    @Test
    void whatFailedInPartIs200() {
        post("{\"query\": \"{ viewer { id } request(id: \\\"00000000-0000-4000-8000-00000000dead\\\") { id } }\"}")
                .statusCode(200);
    }

    @Test
    void otherMethodsAreRefusedWithThoseThatAreThere() {
        for (var method : new String[] {"PUT", "PATCH", "DELETE", "HEAD", "TRACE"})
            signedIn().request(method, "/graphql").then().statusCode(405).header("Allow", "GET, POST");
    }

    @Test
    void aTokenThatDoesNotCountIs401InBothForms() {
        for (var accept : new String[] {JSON, RESPONSE})
            given().header("Authorization", "Bearer nonsense")
                    .header("Accept", accept)
                    .queryParam("query", "{ __typename }")
                    .get("/graphql")
                    .then()
                    .statusCode(401)
                    .header("WWW-Authenticate", "Bearer")
                    .body("errors.extensions.code", hasItem(anyOf(equalTo("UNAUTHENTICATED"))));
    }
}
