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
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Requests by GET, as browsers write them and as nobody should. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class UrlRequestTest {

    private static final String RESPONSE = "application/graphql-response+json; charset=utf-8";

    private final Person hilda = Person.user("hilda");

    /** Says nothing of its own about media types. */
    private RequestSpecification signedIn() {
        var plain = EncoderConfig.encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false);
        return given().config(RestAssuredConfig.config().encoderConfig(plain))
                .header("Authorization", "Bearer " + hilda.token());
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
}
