package io.agencyos.graphql;

import java.net.URI;
import java.util.Map;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Person;
import io.agencyos.testing.SseReader;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** At the root of a subscription stands one field, without conditions, whichever way it comes in. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class SubscriptionRootTest {

    private static final String CONDITION = "@skip and @include cannot stand at the root of a subscription";

    @TestHTTPResource("/graphql")
    URI graphql;

    private final Person ruth = Person.user("ruth-root");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subscription { requestChanged @skip(if: true) { id } }",
                "subscription { requestChanged @skip(if: false) { id } }",
                "subscription { requestChanged @include(if: false) { id } }",
                "subscription($if: Boolean = false) { requestChanged @include(if: $if) { id } }",
                "subscription($if: Boolean = true) { requestChanged @skip(if: $if) { id } }",
                "subscription { ... @include(if: false) { requestChanged { id } } }",
                "subscription { ...A @skip(if: true) } fragment A on Subscription { requestChanged { id } }",
                "subscription { ...A } fragment A on Subscription { ...B } fragment B on Subscription"
                        + " { requestChanged @skip(if: true) { id } }"
            })
    void conditionsAreRefusedOverEachTransport(String query) {
        assertEquals(CONDITION, overAll(query));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subscription { requestChanged { id } commentChanged { id } }",
                "subscription { __typename }",
                "subscription { ...Unknown }",
                "subscription { ...A } fragment A on Subscription { ...A }",
                "subscription { ... on Query { viewer { id } } }",
                "subscription { ... on Unknown { id } }"
            })
    void whatIsNotOneFieldOfTheSubscriptionIsRefusedOverEachTransport(String query) {
        overAll(query);
    }

    /** The message, which is the same over each. */
    private String overAll(String query) {
        var message = overWebsocket(query);
        var plain = ruth.ask(query, Map.of()).getJsonArray("errors").getJsonObject(0);
        assertEquals(message + " VALIDATION_FAILED", plain.getString("message") + " " + code(plain));
        try (var events = SseReader.open(graphql, ruth, query)) {
            var told = events.toTheEnd();
            assertTrue(told.contains(message) && told.contains("VALIDATION_FAILED"), told);
        }
        return message;
    }

    private String overWebsocket(String query) {
        try (var socket = LiveClient.of(ruth)) {
            var answer = socket.subscribe(query).message();
            assertEquals("error", answer.getString("type"), answer::encode);
            var error = answer.getJsonArray("payload").getJsonObject(0);
            assertEquals("VALIDATION_FAILED", code(error), error::encode);
            return error.getString("message");
        }
    }

    private static String code(JsonObject error) {
        return error.getJsonObject("extensions").getString("code");
    }

    @Test
    void conditionsBeneathTheRootAreTaken() {
        try (var socket = LiveClient.of(ruth)) {
            socket.subscribe("subscription($no: Boolean = false) { requestChanged { cursor operation"
                            + " id @include(if: $no) ...A @skip(if: $no) } } fragment A on RequestChange { at }")
                    .live();
        }
    }
}
