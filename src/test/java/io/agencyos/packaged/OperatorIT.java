package io.agencyos.packaged;

import java.util.HashMap;
import java.util.Map;

import io.agencyos.testing.Cluster;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The packaged application as an operator runs it, by the documented settings alone. The steps of a version build on
 * each other, from an empty database to a crash.
 */
class OperatorIT {

    private static final String CREATE =
            "mutation { createRequest(input: {title: \"First\", requestType: CREATIVE}) { id } }";
    private static final String READ = "query($id: ID!) { request(id: $id) { title createdBy { firstName } } }";

    @Nested
    class OnPostgres15 extends Steps {
        OnPostgres15() {
            super(15);
        }
    }

    @Nested
    class OnPostgres16 extends Steps {
        OnPostgres16() {
            super(16);
        }
    }

    @Nested
    class OnPostgres17 extends Steps {
        OnPostgres17() {
            super(17);
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    abstract static class Steps {

        private final int version;
        private final Person alice = Person.admin("alice");
        private Cluster cluster;
        private String id;

        Steps(int version) {
            this.version = version;
        }

        @BeforeAll
        void startTheCluster() {
            cluster = Cluster.start(version);
            assertTrue(cluster.version().startsWith(version + "."), cluster.version());
        }

        @AfterAll
        void stopTheCluster() {
            if (cluster != null) cluster.close();
        }

        @Test
        @Order(1)
        void itStartsOnAnEmptyDatabaseAndServes() {
            try (var application = Packaged.start(cluster.settings()).awaitReady()) {
                id = application
                        .get(alice, CREATE, Map.of())
                        .getJsonObject("createRequest")
                        .getString("id");
                assertServes(application);
                assertEquals(200, application.status("/q/health/live"));
                assertEquals(200, application.status("/q/health/started"));
                assertEquals(200, application.status("/graphiql"));
                assertTrue(application.body("/q/metrics").contains("jvm_memory"));
                assertTrue(application.body("/graphql/schema.graphql").contains("type Request"));
                assertEquals("", application.err());
            }
        }

        @Test
        @Order(2)
        void itStartsAgainAfterACrashInTheMiddleOfTheWork() {
            var crashed = Packaged.start(cluster.settings()).awaitReady();
            try (var socket = live(crashed)) {
                var stream = socket.subscribe("subscription { requestChanged { operation } }");
                stream.live();
                crashed.kill();
            }
            try (var application = Packaged.start(cluster.settings()).awaitReady()) {
                assertServes(application);
            }
        }

        @Test
        @Order(3)
        void itServesWithoutTheOwnerWhereTheSchemaIsThere() {
            try (var application = Packaged.start(cluster.runtimeSettings()).awaitReady()) {
                assertServes(application);
                assertEquals("", application.err());
            }
        }

        @Test
        @Order(4)
        void migrateEndsWithNothingToDoAndWaitsForNobody() {
            var settings = new HashMap<>(cluster.settings());
            settings.put("AGENCY_DRAIN", "10m");
            var migrate = Packaged.start(settings, "migrate");
            assertEquals(0, migrate.exitCode(), migrate::err);
            assertTrue(migrate.out().lines().anyMatch("0 migrations applied"::equals), migrate.out());
        }

        @Test
        @Order(5)
        void migrateFillsAnEmptyDatabase() {
            cluster.create("second");
            var settings = new HashMap<>(cluster.settings());
            settings.put("AGENCY_DB_URL", cluster.url("second"));
            var migrate = Packaged.start(settings, "migrate");
            assertEquals(0, migrate.exitCode(), migrate::err);
            assertTrue(
                    migrate.out().lines().anyMatch(line -> line.matches("[1-9]\\d* migrations applied")),
                    migrate.out());
        }

        @Test
        @Order(6)
        void verifySchemaFindsNothingToSay() {
            var verify = Packaged.start(cluster.runtimeSettings(), "verify-schema");
            assertEquals(0, verify.exitCode(), () -> verify.out() + verify.err());
            assertTrue(verify.out().lines().anyMatch("The schema is as expected"::equals), verify.out());
        }

        private void assertServes(Packaged application) {
            var request = application.get(alice, READ, Map.of("id", id)).getJsonObject("request");
            assertEquals("First", request.getString("title"));
            assertEquals("Alice", request.getJsonObject("createdBy").getString("firstName"));
            try (var socket = live(application)) {
                var stream = socket.subscribe("subscription { requestChanged { operation node { title } } }");
                stream.live();
                application.get(alice, CREATE.replace("First", "Second"), Map.of());
                assertEquals("Second", stream.change().getJsonObject("node").getString("title"));
            }
        }

        private LiveClient live(Packaged application) {
            return LiveClient.open(application.address("ws", "/graphql"), LiveClient.PROTOCOL, null)
                    .signIn(alice.token());
        }
    }
}
