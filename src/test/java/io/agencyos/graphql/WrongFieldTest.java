package io.agencyos.graphql;

import java.util.Map;
import java.util.stream.Stream;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What is wrong before anything runs is named as well, whether it stands in the document or in a variable. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class WrongFieldTest {

    static Stream<Arguments> documents() {
        return Stream.of(
                Arguments.of("{ request(id: \"x\") { id } }", "id"),
                Arguments.of("{ requests(filter: {dueDate: {lt: \"tomorrow\"}}) { totalCount } }", "filter.dueDate.lt"),
                Arguments.of("{ requests(filter: {colour: {eq: 1}}) { totalCount } }", "colour"),
                Arguments.of(create("title: \"x\", requestType: NOPE"), "requestType"),
                Arguments.of(create("title: \"x\", requestType: CREATIVE, clientId: \"x\""), "clientId"),
                Arguments.of(create("title: \"x\", requestType: CREATIVE, createdBy: \"x\""), "createdBy"),
                Arguments.of(create("requestType: CREATIVE"), "title"));
    }

    private static String create(String input) {
        return "mutation { createRequest(input: {" + input + "}) { id } }";
    }

    @ParameterizedTest
    @MethodSource("documents")
    void aFieldInTheDocumentIsNamed(String document, String field) {
        var error = Person.user("walter").error(document, Map.of());
        assertEquals("VALIDATION_FAILED", error.getString("code"));
        assertEquals(field, error.getString("field"));
    }

    static Stream<Arguments> variables() {
        return Stream.of(
                Arguments.of("query($it: ID!) { request(id: $it) { id } }", "x", "it"),
                Arguments.of("query($it: RequestFilter) { requests(filter: $it) { totalCount } }", Map.of("a", 1), "a"),
                Arguments.of(
                        "query($it: RequestStatus!) { requests(filter: {status: {eq: $it}}) { totalCount } }",
                        "x",
                        "it"));
    }

    @ParameterizedTest
    @MethodSource("variables")
    void aWrongVariableIsNamed(String document, Object value, String field) {
        var error = Person.user("walter").error(document, Map.of("it", value));
        assertEquals("VALIDATION_FAILED", error.getString("code"));
        assertEquals(field, error.getString("field"));
    }
}
