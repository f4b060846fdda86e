package io.agencyos.graphql;

import java.nio.charset.StandardCharsets;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Accept, Content-Type and Vary, by RFC 9110 and the GraphQL-over-HTTP draft. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class NegotiationTest {

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
}
