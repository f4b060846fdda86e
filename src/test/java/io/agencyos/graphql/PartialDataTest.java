package io.agencyos.graphql;

import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Lock;
import io.agencyos.testing.Person;
import io.agencyos.testing.Sessions;
import io.agencyos.testing.StatementLog;
import io.agencyos.testing.Together;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A field that fails in PostgreSQL takes none of the others along, and leaves nothing on the connection. */
@QuarkusTest
@TestProfile(PartialDataTest.Hurried.class)
@WithTestResource(AgencyResource.class)
class PartialDataTest {

    private static final String FIELDS =
            "query($id: ID!, $text: String) { viewer { id } before: request(id: $id) { title }"
                    + " failing: request(id: $id) { title comments(filter: {content: {eq: $text}}) { nodes { id } } }"
                    + " after: request(id: $id) { title statusHistory { totalCount nodes { changedBy { id } } } } }";
    private static final String NUL = "\u0000";
    private static final int POOL = 16;

    @Inject
    Pool pool;

    private final Person bob = Work.user();

    /** Statements may take two seconds, and wait for a lock as long. */
    public static class Hurried implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            var limits = "quarkus.datasource.reactive.additional-properties.";
            return Map.of(limits + "statement_timeout", "2000", limits + "lock_timeout", "600000");
        }
    }

    @Test
    void theOthersAnswerWhenPostgresRefusesWhatOneAsks() {
        var answer = bob.ask(FIELDS, variables(NUL));
        assertPartial(answer, "VALIDATION_FAILED");
        assertNothingIsLeft();
    }

    @Test
    void theOthersAnswerWhenOneTakesTooLong() {
        var variables = variables("never");
        try (var lock = Lock.table("comments")) {
            assertPartial(bob.ask(FIELDS, variables), "LIMIT_EXCEEDED");
        }
        assertNothingIsLeft();
    }

    private void assertPartial(JsonObject answer, String code) {
        var errors = answer.getJsonArray("errors");
        assertEquals(1, errors.size(), answer::encode);
        var error = errors.getJsonObject(0);
        assertEquals(new JsonArray(List.of("failing", "comments")), error.getJsonArray("path"));
        assertEquals(code, error.getJsonObject("extensions").getString("code"));
        var data = answer.getJsonObject("data");
        assertNull(data.getValue("failing"));
        assertEquals("Whole", data.getJsonObject("before").getString("title"));
        assertEquals("Whole", data.getJsonObject("after").getString("title"));
        assertEquals(bob.id().toString(), data.getJsonObject("viewer").getString("id"));
    }

    @Test
    void theOthersStayOnTheSameSnapshotInTheSameTransaction() {
        var variables = variables(NUL);
        bob.ask(FIELDS, variables);
        var transactions = StatementLog.during(() -> bob.ask(FIELDS, variables), bob.id());
        assertEquals(1, transactions.size(), transactions::toString);
        var statements = transactions.get(0);
        assertTrue(statements.contains("rollback to savepoint reads"), statements::toString);
        assertEquals("rollback", statements.get(statements.size() - 1));
    }

    @Test
    void manyThatFailAtOnceLeaveNothing() {
        var variables = variables(NUL);
        Together.all(2 * POOL, i -> {
            if (i % 2 == 0) assertPartial(bob.ask(FIELDS, variables), "VALIDATION_FAILED");
            else
                assertEquals(
                        "Whole",
                        bob.get(FIELDS, plain(variables)).getJsonObject("after").getString("title"));
            return i;
        });
        assertNothingIsLeft();
    }

    @Test
    void aMutationThatTakesTooLongLeavesNothing() {
        var id = variables("");
        var rename = "mutation($id: ID!) { updateRequest(id: $id, input: {title: \"Late\"}) { title } }";
        try (var lock = Lock.row("requests", (String) id.get("id"))) {
            assertEquals("LIMIT_EXCEEDED", bob.code(rename, id));
        }
        var request = bob.get(FIELDS, id).getJsonObject("after");
        assertEquals("Whole", request.getString("title"));
        assertNothingIsLeft();
    }

    private Map<String, Object> variables(String text) {
        return Map.of("id", Work.request(bob, "title", "Whole"), "text", text);
    }

    private static Map<String, Object> plain(Map<String, Object> variables) {
        return Map.of("id", variables.get("id"), "text", "plain");
    }

    /** Each connection of the pool is free, in no transaction, and knows of nobody. */
    private void assertNothingIsLeft() {
        Sessions.awaitAllIdle();
        var left = Together.all(POOL, i -> pool.query("select current_setting('app.user_id', true) as who, count(*)"
                        + " from generate_series(1, 100)")
                .execute()
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .iterator()
                .next()
                .getString("who"));
        for (var who : left) assertTrue(who == null || who.isEmpty(), who);
    }
}
