package io.agencyos.packaged;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.agencyos.testing.Cluster;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import io.agencyos.testing.Together;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** One key, two replicas of the application, and a crash of one of them at the worst moments. */
class IdempotencyIT {

    private static final String CREATE =
            "mutation($t: String!) { createRequest(input: {title: $t, requestType: CREATIVE}) { id title } }";
    private static Cluster cluster;
    private static Packaged survivor;
    private final Person ida = Person.user("ida");
    private final String key = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        cluster = Cluster.migrated();
        survivor = Packaged.start(cluster.settings()).awaitReady();
    }

    @AfterAll
    static void stop() {
        if (survivor != null) survivor.close();
        if (cluster != null) cluster.close();
    }

    private Response create(Packaged at) {
        var body = new JsonObject().put("query", CREATE).put("variables", Map.of("t", key));
        return given().header("Authorization", "Bearer " + ida.token())
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body.encode())
                .post(at.address("http", "/graphql"));
    }

    private String made() {
        return cluster.find("select count(*) from requests where title = '" + key + "'");
    }

    @Test
    void fiftyRetriesAtTwoReplicasMakeOneRowAndGetOneAnswer() {
        try (var second = Packaged.start(cluster.settings()).awaitReady()) {
            var replicas = List.of(survivor, second);
            var answers = Together.all(
                    50,
                    i -> create(replicas.get(i % 2)).statusCode()
                            + create(replicas.get(i % 2)).asString());
            assertEquals(1, answers.stream().distinct().count(), answers.toString());
            assertEquals("1", made());
        }
    }

    @Test
    void aCrashBeforeTheCommitLeavesTheKeyFree() {
        crashWhileHeldUp("after insert on requests");
        assertEquals("0", made());
        assertEquals(200, create(survivor).statusCode());
        assertEquals("1", made());
    }

    @Test
    void aCrashBeforeTheAnswerIsKeptWritesNothingAgain() {
        crashWhileHeldUp("before update on idempotency_keys");
        assertEquals("1", made());
        var refused = create(survivor);
        assertEquals(409, refused.statusCode(), refused.asString());
        assertEquals("CONFLICT", refused.path("errors[0].extensions.code"));
        assertEquals("1", made());
    }

    /** Kills a replica while a statement of the mutation waits in a trigger. */
    private void crashWhileHeldUp(String moment) {
        var crashing = Packaged.start(cluster.settings()).awaitReady();
        cluster.change("create function hold_up() returns trigger language plpgsql as"
                + " 'begin perform pg_advisory_xact_lock(1); return new; end'");
        cluster.change("create trigger hold_up " + moment + " for each row execute function hold_up()");
        try (var door = cluster.locked(1)) {
            CompletableFuture.runAsync(() -> create(crashing));
            door.awaitSomebodyWaiting();
            crashing.kill();
        } finally {
            cluster.change("drop function hold_up() cascade");
        }
    }
}
