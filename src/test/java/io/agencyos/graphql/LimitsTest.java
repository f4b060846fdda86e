package io.agencyos.graphql;

import java.util.Map;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What an operation may be at most, and how it hears what it takes of that. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class LimitsTest {

    private static final String MAKE = "createRequest(input: {title: \"%s\", requestType: CREATIVE}) { id }";

    private final Person bob = Work.user();

    @Test
    void theCostIsOneForEachFieldTimesTheRowsThatWereAskedFor() {
        var cost = cost("{ requests(first: 7) { nodes { id comments(last: 3) { nodes { id } } } } }", Map.of());
        // requests: 7 times itself, nodes, id and comments; comments: 3 times itself, nodes and id
        assertEquals(7 * (1 + 1 + 1 + 3 * (1 + 1 + 1)), cost.getInteger("requested"));
    }

    @Test
    void aPageSizeFromAVariableCountsAsWhatItIs() {
        var query = "query($n: Int) { requests(first: $n) { nodes { id } } }";
        assertEquals(5 * 3, cost(query, Map.of("n", 5)).getInteger("requested"));
        assertEquals(9 * 3, cost(query, Map.of("n", 9)).getInteger("requested"));
        assertEquals(50 * 3, cost(query, Map.of()).getInteger("requested"));
    }

    @Test
    void depthAndAliasesAreToldWithTheirLimits() {
        var cost = cost("{ a: viewer { id } b: viewer { id c: firstName } }", Map.of());
        assertEquals(2, cost.getInteger("depth"));
        assertEquals(3, cost.getInteger("aliases"));
        assertTrue(cost.getInteger("depthLimit") > 2 && cost.getInteger("aliasLimit") > 3);
        assertTrue(cost.getInteger("limit") > cost.getInteger("requested"));
        assertEquals(15_000, cost.getInteger("tokenLimit"));
        assertEquals(1 << 20, cost.getInteger("bodyLimit"));
        assertEquals(30_000, cost.getInteger("durationLimit"));
    }

    @Test
    void whatIsTooDeepIsRefused() {
        var round = "client { requests(first: 1) { nodes { ";
        assertRefused("{ requests(first: 1) { nodes { " + round.repeat(7) + "id" + " } } }".repeat(8));
    }

    @Test
    void tooManyAliasesAreRefusedBeforeAnythingIsWritten() {
        var title = "Never made " + bob.name();
        var mutation = new StringBuilder("mutation { ");
        for (var i = 0; i < 201; i++) mutation.append("a" + i + ": " + MAKE.formatted(title));
        assertRefused(mutation.append(" }").toString());
        var made = bob.get("{ requests(filter: {title: {eq: \"" + title + "\"}}) { totalCount } }");
        assertEquals(0, made.getJsonObject("requests").getInteger("totalCount"));
    }

    @Test
    void aDocumentOfTooManyTokensIsRefused() {
        assertRefused("{ viewer { " + "id ".repeat(20_000) + " } }");
    }

    private void assertRefused(String query) {
        var answer = bob.ask(query);
        var error = answer.getJsonArray("errors").getJsonObject(0);
        assertEquals("LIMIT_EXCEEDED", error.getJsonObject("extensions").getString("code"), answer.encode());
        assertFalse(answer.containsKey("data"), answer.encode());
    }

    private JsonObject cost(String query, Map<String, Object> variables) {
        var answer = bob.ask(query, variables);
        return answer.getJsonObject("extensions").getJsonObject("cost");
    }
}
