package io.agencyos.packaged;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.agencyos.testing.Cluster;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import io.agencyos.testing.Programs;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** README's backup, restored into another cluster: everything is there, protected as before, and goes on. */
class BackupIT {

    private static final String CLIENT = "mutation { createClient(input: {name: \"Northwind\"}) { id } }";
    private static final String MEMBER =
            "mutation($client: ID!, $who: ID!) { addClientMember(clientId: $client, profileId: $who) { id } }";
    private static final String CREATE = "mutation($client: ID, $title: String!) { createRequest(input:"
            + " {title: $title, requestType: CREATIVE, clientId: $client}) { id } }";
    private static final String COMMENT = "mutation($id: ID!, $internal: Boolean!) { createComment(input:"
            + " {requestId: $id, content: \"Said\", isInternal: $internal}) { id } }";
    private static final String READ = "{ requests(first: 100) { totalCount nodes { id version title createdAt"
            + " client { name } comments { nodes { content isInternal } } statusHistory { totalCount } } } }";
    private static final String LIVE =
            "subscription($after: String) { requestChanged(after: $after)" + " { cursor operation node { title } } }";
    private static final List<String> TABLES = List.of(
            "requests",
            "comments",
            "clients",
            "client_members",
            "profiles",
            "activity_log",
            "status_history",
            "retention_policies",
            "retention_runs");

    private static final Person ALICE = Person.admin("alice");
    private static final Person DANA = Person.client("dana");

    @Test
    void aDumpIsRestoredIntoAnotherClusterAndGoesOn() throws Exception {
        Programs.need("pg_dump", "pg_restore");
        var version = versionOfTheTools();
        var dump = Files.createTempFile(Files.createDirectories(Path.of("target")), "agency", ".dump");
        try (var lost = Cluster.start(version);
                var found = Cluster.start(version)) {
            var before = fill(lost);
            // numbers of transactions that the other cluster is far from
            dump(lost, dump);
            restore(found, dump);
            assertEquals(counts(lost), counts(found));
            assertMigratesAndIsAsExpected(found);
            try (var application = Packaged.start(found.runtimeSettings()).awaitReady()) {
                before.forEach((person, rows) -> assertEquals(rows, application.get(person, READ, Map.of())));
                assertGoesOn(application, before);
                assertEquals("", application.err());
            }
        }
    }

    /** Servers as old as the tools at most, since these do not read from a newer one. */
    private static int versionOfTheTools() {
        var printed = Programs.run(Map.of(), "pg_dump", "--version");
        return Math.min(17, Integer.parseInt(printed.replaceAll("(?s)\\D*(\\d+).*", "$1")));
    }

    private static String cursor;

    /** What each person sees of some work. */
    private static Map<Person, JsonObject> fill(Cluster cluster) {
        try (var application = Packaged.start(cluster.settings()).awaitReady()) {
            var client = application
                    .get(ALICE, CLIENT, Map.of())
                    .getJsonObject("createClient")
                    .getString("id");
            var dana = application
                    .get(DANA, "{ viewer { id } }", Map.of())
                    .getJsonObject("viewer")
                    .getString("id");
            application.get(ALICE, MEMBER, Map.of("client", client, "who", dana));
            // transaction numbers that the other cluster will not have come to
            for (var i = 0; i < 300; i++) cluster.change("select pg_current_xact_id()");
            try (var socket = live(application)) {
                var stream = socket.subscribe(LIVE);
                stream.live();
                request(application, client, "Theirs");
                application.get(ALICE, CREATE, Map.of("title", "Nobody's"));
                cursor = stream.change().getString("cursor");
            }
            return Map.of(ALICE, application.get(ALICE, READ, Map.of()), DANA, application.get(DANA, READ, Map.of()));
        }
    }

    private static void request(Packaged application, String client, String title) {
        var id = application
                .get(ALICE, CREATE, Map.of("client", client, "title", title))
                .getJsonObject("createRequest")
                .getString("id");
        for (var internal : List.of(true, false))
            application.get(ALICE, COMMENT, Map.of("id", id, "internal", internal));
    }

    private static void dump(Cluster cluster, Path file) {
        Programs.run(Map.of(), "pg_dump", "-Fc", "-f", file.toString(), url(cluster));
    }

    private static void restore(Cluster cluster, Path file) {
        cluster.sql("create role agency_app login password 'run''time'");
        Programs.run(Map.of(), "pg_restore", "-1", "--exit-on-error", "-d", url(cluster), file.toString());
    }

    private static String url(Cluster cluster) {
        return "postgresql://postgres@localhost:" + cluster.port() + "/" + Cluster.DATABASE;
    }

    private static Map<String, String> counts(Cluster cluster) {
        var counts = new HashMap<String, String>();
        for (var table : TABLES) counts.put(table, cluster.find("select count(*) from " + table));
        return counts;
    }

    private static void assertMigratesAndIsAsExpected(Cluster cluster) {
        var migrate = Packaged.start(cluster.settings(), "migrate");
        assertEquals(0, migrate.exitCode(), migrate::err);
        assertTrue(migrate.out().contains("0 migrations applied"), migrate.out());
        var verify = Packaged.start(cluster.runtimeSettings(), "verify-schema");
        assertEquals(0, verify.exitCode(), () -> verify.out() + verify.err());
        assertEquals(
                "0",
                cluster.find("select count(*) from pg_class where relnamespace = 'public'::regnamespace"
                        + " and relkind in ('r', 'p', 'm', 'v', 'S') and relowner <> 'agency_owner'::regrole"));
    }

    private static void assertGoesOn(Packaged application, Map<Person, JsonObject> before) {
        try (var socket = live(application)) {
            var resumed = socket.subscribe(LIVE, Map.of("after", cursor));
            assertEquals("RESYNC_REQUIRED", resumed.errorCode());
            var stream = socket.subscribe(LIVE);
            stream.live();
            application.get(ALICE, CREATE, Map.of("title", "After"));
            assertEquals("After", stream.change().getJsonObject("node").getString("title"));
        }
        var requests = application.get(DANA, READ, Map.of());
        assertEquals(before.get(DANA), requests, "what is not theirs they do not see");
        var metrics = application.ask(ALICE, "{ retentionPlan { task failure } }", Map.of());
        assertNull(metrics.getValue("errors"), metrics::encode);
    }

    private static LiveClient live(Packaged application) {
        return LiveClient.open(application.address("ws", "/graphql"), LiveClient.PROTOCOL, null)
                .signIn(ALICE.token());
    }
}
