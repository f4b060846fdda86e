package io.agencyos.graphql;

import java.util.Map;
import java.util.UUID;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.Psql;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** What an idempotency key may look like, and where it may not be. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class IdempotencyKeyTest {

    private static final String CREATE =
            "mutation($t: String!) { createRequest(input: {title: $t, requestType: CREATIVE}) { id title } }";

    private final Person ida = Work.user();
    private final String key = UUID.randomUUID().toString();
    private final String title = Work.name("Once ");

    private RequestSpecification as(Person who, String key) {
        return given().header("Authorization", "Bearer " + who.token())
                .header("Idempotency-Key", key)
                .contentType("application/json");
    }

    private static String body(String query, Map<String, Object> variables) {
        return new JsonObject().put("query", query).put("variables", variables).encode();
    }

    private long made() {
        return Long.parseLong(Psql.column("select count(*) from requests where title = ?", title)
                .get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00e4", "tab\tbed"})
    void aKeyIsPrintableAscii(String wrong) {
        assertRefused(as(ida, wrong));
    }

    @Test
    void aKeyHasALengthAndIsOne() {
        assertRefused(as(ida, "k".repeat(256)));
        assertRefused(as(ida, "\"\""));
        assertRefused(as(ida, "one").header("Idempotency-Key", "two"));
    }

    private void assertRefused(RequestSpecification request) {
        request.body(body(CREATE, Map.of("t", title)))
                .post("/graphql")
                .then()
                .statusCode(400)
                .body("errors[0].extensions.code", equalTo("VALIDATION_FAILED"))
                .body("errors[0].message", containsString("Idempotency-Key"));
        assertEquals(0, made());
    }

    @Test
    void anEventStreamTakesNoKey() {
        assertRefused(as(ida, key).accept("text/event-stream"));
    }
}
