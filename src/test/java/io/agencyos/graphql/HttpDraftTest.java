package io.agencyos.graphql;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
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
import static org.junit.jupiter.api.Assertions.assertTrue;

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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/json | application/json
            application/graphql-response+json | application/graphql-response+json
            application/graphql-response+json, application/json;q=0.9 | application/graphql-response+json
            application/json;q=0.5, application/graphql-response+json;q=0.6 | application/graphql-response+json
            application/graphql-response+json;q=0.1, application/json | application/json
            application/graphql-response+json;q=0, */* | application/json
            application/json;q=0, */* | application/graphql-response+json
            application/json;q=0, application/* | application/graphql-response+json
            application/*;q=0.2, application/graphql-response+json;q=0.1 | application/json
            */*;q=0.1, application/graphql-response+json | application/graphql-response+json
            application/* | application/json
            */* | application/json
            APPLICATION/JSON ; Q=1.0 | application/json
            application/json; charset=UTF-8 | application/json
            application/json; charset="utf-8" | application/json
            application/json; charset=latin1, application/graphql-response+json;q=0.1 | application/graphql-response+json
            text/html;level="1,2", application/graphql-response+json;q=0.5 | application/graphql-response+json
            multipart/mixed;deferSpec=20220824, application/graphql-response+json | application/graphql-response+json
            """)
    void theTypeThatTheClientLikesBestIsWritten(String accept, String written) {
        assertEquals(
                written + "; charset=utf-8",
                post("application/json", accept, BODY)
                        .then()
                        .statusCode(200)
                        .extract()
                        .header("Content-Type"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "application/json;q=0",
                "*/*;q=0",
                "*/*;q=0.000",
                "application/json;charset=latin1",
                "application/xml, text/plain",
                "nonsense"
            })
    void whatIsNotAcceptableIsRefused(String accept) {
        post("application/json", accept, BODY)
                .then()
                .statusCode(406)
                .contentType(JSON)
                .body("errors[0].extensions.code", equalTo("VALIDATION_FAILED"));
    }

    @Test
    void acceptMayStandOnSeveralLines() {
        var answer = signedIn()
                .header("Content-Type", "application/json")
                .header("Accept", "text/html", "application/graphql-response+json")
                .body(BODY)
                .post("/graphql");
        assertEquals(RESPONSE, answer.header("Content-Type"));
    }

    @Test
    void whatWasWrittenDependsOnAccept() {
        var answer = post("application/json", "*/*", BODY);
        assertTrue(answer.headers().getValues("Vary").stream().anyMatch(v -> v.equalsIgnoreCase("Accept")));
        assertTrue(post("application/json", "text/html", BODY)
                .headers()
                .getValues("Vary")
                .contains("Accept"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "Application/JSON;charset=\"UTF-8\"",
                "application/json; charset=utf-8; profile=x"
            })
    void jsonInUtf8IsRead(String type) {
        post(type, "*/*", BODY).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json; charset=iso-8859-1",
                "application/json; charset=utf-16",
                "application/jsonp",
                "application/graphql",
                "application/graphql-response+json",
                "text/plain",
                "multipart/form-data; boundary=x",
                "application/json, application/json",
                "nonsense"
            })
    void otherTypesOfBodiesAreNamed(String type) {
        post(type, "*/*", BODY)
                .then()
                .statusCode(415)
                .header("Accept", "application/json")
                .body("errors[0].message", containsString("application/json"));
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
    void emptyParametersOfAUrlAreAsGoodAsNone() {
        get("query={__typename}&variables=&extensions=&operationName=&documentId=")
                .statusCode(200);
        get("query=").statusCode(400);
    }

    @Test
    void aParameterMayStandInAUrlOnce() {
        get("query={__typename}&query={__typename}")
                .statusCode(400)
                .body("errors[0].extensions.field", equalTo("query"));
        get("query={__typename}&variables={}&variables={}").statusCode(400);
    }

    @Test
    void aUrlIsReadAsBrowsersWriteIt() {
        get("query=query+($t:+String)+{+requests(filter:+{title:+{eq:+$t}})+{+totalCount+}+}&variables={\"t\":\"a;b%2B\"}")
                .statusCode(200)
                .body("data.requests.totalCount", equalTo(0));
        get("query={__typename}&variables={nonsense").statusCode(400);
        get("query={__typename}&variables=[7]").statusCode(400);
    }

    @Test
    void aUrlWithoutParametersOrWithBrokenOnesIsNamed() throws IOException {
        for (var url : new String[] {"/graphql", "/graphql?", "/graphql?query=%zz", "/graphql?query=%"}) {
            var answer = raw("GET " + url + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        }
    }

    /** What no client of ours would send. */
    private static String raw(String request) throws IOException {
        try (var socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private ValidatableResponse get(String query) {
        var encoded = query.replace("{", "%7B")
                .replace("}", "%7D")
                .replace("\"", "%22")
                .replace("[", "%5B");
        return signedIn()
                .urlEncodingEnabled(false)
                .header("Accept", RESPONSE)
                .get("/graphql?" + encoded.replace("]", "%5D").replace("$", "%24"))
                .then();
    }

    @Test
    void aUrlThatIsTooLongIsNamed() {
        var long414 = IntStream.range(0, 9_000).mapToObj(i -> "x").collect(Collectors.joining());
        get("query={__typename}%23" + long414).statusCode(414);
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
