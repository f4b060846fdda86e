package io.agencyos.packaged;

import java.util.HashMap;
import java.util.Map;

import io.agencyos.testing.Await;
import io.agencyos.testing.Cluster;
import io.agencyos.testing.IdentityServer;
import io.agencyos.testing.Line;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import io.agencyos.testing.S3Server;
import io.agencyos.testing.Tokens;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a replica says of itself while what it depends on is taken away, one after the other, and comes back. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProbesIT {

    private static Cluster cluster;
    private static S3Server bucket;
    private static IdentityServer provider;
    private static Line toDatabase;
    private static Line toBucket;
    private static Line toProvider;
    private static Packaged application;

    @BeforeAll
    static void start() {
        cluster = Cluster.start(17);
        bucket = S3Server.start();
        provider = IdentityServer.start();
        toDatabase = Line.to(cluster.port());
        toBucket = Line.to(bucket.endpoint().getPort());
        toProvider = Line.to(provider.port());
        provider.reachedAt(toProvider.port());
        application = Packaged.start(settings()).awaitReady();
    }

    private static Map<String, String> settings() {
        var settings = new HashMap<>(cluster.settings());
        settings.putAll(bucket.settings());
        settings.remove("AGENCY_OIDC_PUBLIC_KEY");
        settings.putAll(Map.of(
                "AGENCY_DB_URL",
                "postgresql://localhost:" + toDatabase.port() + "/" + Cluster.DATABASE,
                "AGENCY_S3_ENDPOINT",
                "http://127.0.0.1:" + toBucket.port(),
                "AGENCY_OIDC_ISSUER",
                provider.address(),
                "AGENCY_PROBES",
                "200ms"));
        return settings;
    }

    @AfterAll
    static void stop() {
        if (application != null) application.close();
        for (var line : new Line[] {toDatabase, toBucket, toProvider}) if (line != null) line.close();
        if (provider != null) provider.close();
        if (bucket != null) bucket.close();
        if (cluster != null) cluster.close();
    }

    @Test
    @Order(1)
    void allThatAReplicaDependsOnIsNamed() {
        Await.value("there", () -> state("Storage"));
        Await.value("there", () -> state("Identity provider"));
        assertEquals("s3", data("Storage").getString("place"));
        var database = data("Database");
        assertTrue(database.getString("server").startsWith("17."), database::encode);
        assertEquals(database.getInteger("needs"), database.getInteger("schema"));
        assertTrue(data("Live feed").getLong("read ms ago") < 30_000);
        assertEquals("UP", check("Takes new sockets").getString("status"));
    }

    @Test
    @Order(2)
    void withoutTheBucketItStaysReadyAndSaysSo() {
        toBucket.cut();
        Await.value("away", () -> state("Storage"));
        assertStillServes();
        assertEquals("0.0", metric("agency_dependency_up{name=\"Storage\"}"));
        toBucket.mend();
        Await.value("there", () -> state("Storage"));
        assertEquals("1.0", metric("agency_dependency_up{name=\"Storage\"}"));
    }

    @Test
    @Order(3)
    void withoutTheIdentityProviderItStaysReadyAndKnowsTokensAsBefore() {
        assertSignsIn("earlier");
        toProvider.cut();
        Await.value("away", () -> state("Identity provider"));
        assertStillServes();
        assertSignsIn("meanwhile");
        toProvider.mend();
        Await.value("there", () -> state("Identity provider"));
    }

    @Test
    @Order(4)
    void withoutTheDatabaseItIsNotReadyButAliveAndComesBack() {
        toDatabase.cut();
        Await.value(503, () -> application.status("/q/health/ready"));
        assertEquals("DOWN", check("Database").getString("status"));
        assertTrue(data("Database").containsKey("reason"));
        assertEquals("UP", check("Storage").getString("status"));
        assertEquals(200, application.status("/q/health/live"));
        toDatabase.mend();
        Await.value(200, () -> application.status("/q/health/ready"));
        assertSignsIn("later");
    }

    @Test
    @Order(5)
    void aSchemaThatIsOlderThanItNeedsIsNotReady() {
        cluster.change("update flyway_schema_history set success = false where version::numeric"
                + " = (select max(version::numeric) from flyway_schema_history)");
        Await.value(503, () -> application.status("/q/health/ready"));
        var database = data("Database");
        assertTrue(database.getInteger("schema") < database.getInteger("needs"), database::encode);
        cluster.change("update flyway_schema_history set success = true where version is not null");
        Await.value(200, () -> application.status("/q/health/ready"));
    }

    private static void assertStillServes() {
        assertEquals(200, application.status("/q/health/ready"));
        assertEquals(200, application.status("/q/health/live"));
        assertEquals(200, application.status("/graphql/schema.graphql"));
    }

    private static void assertSignsIn(String name) {
        var person = new Person(name, Tokens.issued(provider.address(), name, "user"));
        var viewer = application.get(person, "{ viewer { role } }", Map.of()).getJsonObject("viewer");
        assertEquals("USER", viewer.getString("role"));
    }

    private static JsonObject check(String name) {
        var ready = new JsonObject(application.body("/q/health/ready"));
        return ready.getJsonArray("checks").stream()
                .map(JsonObject.class::cast)
                .filter(check -> check.getString("name").equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(ready.encode()));
    }

    private static JsonObject data(String name) {
        return check(name).getJsonObject("data");
    }

    private static String state(String name) {
        return data(name).getString("state");
    }

    private static String metric(String name) {
        return application
                .body("/q/metrics")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElseThrow();
    }
}
