package io.agencyos.packaged;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.agencyos.testing.Await;
import io.agencyos.testing.Cluster;
import io.agencyos.testing.Crowd;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import io.agencyos.testing.Standby;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Queries are read from a streaming replica, unless that would show somebody a state from before their own change. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplicaIT {

    private static final String CREATE =
            "mutation { createRequest(input: {title: \"Before\", requestType: CREATIVE}) { id } }";
    private static final String UPDATE =
            "mutation($id: ID!, $title: String!) { updateRequest(id: $id, input: {title: $title}) { title } }";
    private static final String READ = "query($id: ID!) { request(id: $id) { title } }";
    private static final String FROM_THE_REPLICA = "Queries are read from the replica";
    private static final String FROM_THE_PRIMARY = "queries are read from the primary";

    private static final Person ALICE = Person.admin("alice");
    private static final Person BOB = Person.user("bob");

    private static Cluster cluster;
    private static Standby standby;
    private static Packaged application;
    private static String id;

    @BeforeAll
    static void start() {
        cluster = Cluster.migrated();
        standby = Standby.of(cluster);
        var settings = new HashMap<>(cluster.runtimeSettings());
        settings.putAll(Map.of("AGENCY_DB_READ_URL", standby.url(), "AGENCY_DB_READ_LAG", "3m"));
        application = Packaged.start(settings).awaitReady();
        Await.until(() -> application.out().contains(FROM_THE_REPLICA), application::out);
        id = application
                .get(ALICE, CREATE, Map.of())
                .getJsonObject("createRequest")
                .getString("id");
        // until both are known, and the replica is where it was made
        Await.until(() -> readsFromTheReplica(ALICE) && readsFromTheReplica(BOB), ReplicaIT::counted);
    }

    @AfterAll
    static void stop() throws Exception {
        for (var each : new AutoCloseable[] {application, standby, cluster}) if (each != null) each.close();
    }

    /** Whether a query of theirs is a transaction over there. */
    private static boolean readsFromTheReplica(Person who) {
        cluster.change("update requests set title = 'Before' where id = '" + id + "'");
        standby.pause();
        try {
            var changed = "Changed " + COUNT.incrementAndGet();
            cluster.change("update requests set title = '" + changed + "' where id = '" + id + "'");
            return !changed.equals(title(who));
        } finally {
            standby.resume();
        }
    }

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static Object counted() {
        return COUNT.get() + application.out() + application.err();
    }

    private static String title(Person who) {
        return application
                .get(who, READ, Map.of("id", id))
                .getJsonObject("request")
                .getString("title");
    }

    @Test
    @Order(1)
    void queriesAreReadFromTheReplica() {
        assertTrue(readsFromTheReplica(BOB));
    }

    @Test
    @Order(2)
    void whoHasChangedSomethingSeesItAndWhoIsToldTheirPositionDoesToo() {
        standby.pause();
        try {
            var answer = application.ask(ALICE, UPDATE, Map.of("id", id, "title", "Mine"));
            assertNull(answer.getValue("errors"), answer::encode);
            assertEquals(
                    "Mine",
                    answer.getJsonObject("data").getJsonObject("updateRequest").getString("title"));
            assertEquals("Mine", title(ALICE));
            assertTrue(!"Mine".equals(title(BOB)), "the replica stands still");
            var position = answer.getJsonObject("extensions").getString("position");
            assertEquals("Mine", behind(position));
        } finally {
            standby.resume();
        }
        Await.value("Mine", () -> title(BOB));
        Await.until(() -> readsFromTheReplica(ALICE), ReplicaIT::counted);
    }

    private static String behind(String position) {
        return new JsonObject(application.post(
                        BOB,
                        new JsonObject()
                                .put("query", READ)
                                .put("variables", new JsonObject().put("id", id))
                                .put("extensions", new JsonObject().put("position", position))))
                .getJsonObject("data")
                .getJsonObject("request")
                .getString("title");
    }

    @Test
    @Order(3)
    void streamsAreToldByThePrimary() {
        standby.pause();
        try (var socket = LiveClient.open(application.address("ws", "/graphql"), LiveClient.PROTOCOL, null)
                .signIn(BOB.token())) {
            var stream = socket.subscribe("subscription { requestChanged { operation node { title } } }");
            stream.live();
            application.get(ALICE, UPDATE, Map.of("id", id, "title", "Live"));
            assertEquals("Live", stream.change().getJsonObject("node").getString("title"));
        } finally {
            standby.resume();
        }
    }

    @Test
    @Order(4)
    void whatIsNoPositionIsRefused() {
        var answer = application.post(
                BOB,
                new JsonObject()
                        .put("query", "{ viewer { id } }")
                        .put("extensions", new JsonObject().put("position", "x'")));
        assertTrue(answer.contains("VALIDATION_FAILED"), answer);
    }

    @Test
    @Order(5)
    void aReplicaThatIsTooFarBehindIsNotAsked() {
        var settings = new HashMap<>(cluster.runtimeSettings());
        settings.putAll(Map.of("AGENCY_DB_READ_URL", standby.url(), "AGENCY_DB_READ_LAG", "2s"));
        try (var strict = Packaged.start(settings).awaitReady()) {
            Await.until(() -> strict.out().contains(FROM_THE_REPLICA), strict::out);
            standby.pause();
            Await.until(() -> strict.out().contains(FROM_THE_PRIMARY), strict::out);
            cluster.change("update requests set title = 'Late' where id = '" + id + "'");
            var read = strict.get(BOB, READ, Map.of("id", id)).getJsonObject("request");
            assertEquals("Late", read.getString("title"));
        } finally {
            standby.resume();
        }
    }

    @Test
    @Order(6)
    void whoseConnectionBreaksIsAnsweredByThePrimary() {
        // the driver prints the server's farewell to an idle connection
        assertEquals("", application.err());
        Await.until(() -> readsFromTheReplica(BOB), ReplicaIT::counted);
        try (var crowd = new Crowd(application.address("http", "/graphql"))) {
            for (var round = 0; round < 10; round++) {
                var answers = IntStream.range(0, 20)
                        .mapToObj(i -> crowd.ask(BOB, READ, Map.of("id", id)))
                        .toList();
                standby.value(
                        "select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = 'agency_app'");
                Crowd.await(answers);
                for (var answer : answers) assertNull(answer.result().getValue("errors"), answer.result()::encode);
            }
        }
    }

    @Test
    @Order(7)
    void withoutTheReplicaEverythingGoesOnAtThePrimary() {
        Await.until(() -> readsFromTheReplica(BOB), ReplicaIT::counted);
        standby.stop();
        for (var i = 0; i < 20; i++) {
            cluster.change("update requests set title = 'Alone " + i + "' where id = '" + id + "'");
            assertEquals("Alone " + i, title(BOB));
        }
        Await.until(() -> application.out().contains(FROM_THE_PRIMARY), application::out);
        Await.value("away or too far behind", () -> told().getString("state"));
        assertEquals("0.0", sample("agency_dependency_up{name=\"Read replica\"}"));
        assertEquals(200, application.status("/q/health/ready"));
        standby.start();
        Await.until(() -> readsFromTheReplica(BOB), ReplicaIT::counted);
        Await.value("there", () -> told().getString("state"));
        assertEquals("1.0", sample("agency_dependency_up{name=\"Read replica\"}"));
        assertTrue(Double.parseDouble(sample("agency_read_lag_ms")) < 180_000);
        assertTrue(told().getLong("ms behind") < 180_000);
    }

    private static JsonObject told() {
        return new JsonObject(application.body("/q/health/ready"))
                .getJsonArray("checks").stream()
                        .map(JsonObject.class::cast)
                        .filter(check -> check.getString("name").equals("Read replica"))
                        .findFirst()
                        .orElseThrow()
                        .getJsonObject("data");
    }

    private static String sample(String series) {
        return application
                .body("/q/metrics")
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .map(line -> line.substring(series.length() + 1))
                .findFirst()
                .orElseThrow();
    }
}
