package io.agencyos.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.agencyos.testing.Await;
import io.agencyos.testing.Cluster;
import io.agencyos.testing.FreshCopy.Running;
import io.agencyos.testing.IdentityProvider;
import io.agencyos.testing.Manifests;
import io.agencyos.testing.Pod;
import io.agencyos.testing.S3Server;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.yaml.snakeyaml.Yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The package with exactly the environment, the user and the folders that the production overlay gives its containers.
 * Secrets are filled in; the database, the bucket and the identity provider are this machine's, as is the port.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PodIT {

    private static final String OVERLAY = "overlays/production";
    private static final String CREATE =
            "mutation { createRequest(input: {title: \"T\", requestType: CREATIVE}) { id } }";
    private static final String NOBODY = "0000000000000000";

    private static Manifests manifests;
    private static Cluster cluster;
    private static S3Server s3;
    private static IdentityProvider provider;

    @BeforeAll
    static void startWhatIsAround() {
        manifests = Manifests.of(OVERLAY);
        cluster = Cluster.start(17);
        // as the example's cluster makes it
        cluster.sql("create role agency_app login password 'run''time'");
        s3 = S3Server.start();
        provider = IdentityProvider.start();
    }

    @AfterAll
    static void stopWhatIsAround() {
        if (provider != null) provider.close();
        if (s3 != null) s3.close();
        if (cluster != null) cluster.close();
    }

    @Test
    @Order(1)
    void aPodThatComesBeforeTheMigrationEndsAndSaysWhy() {
        try (var pod = start("Deployment", "agency-os")) {
            assertEquals(1, pod.exitCode(60), pod.out());
            assertTrue(pod.err().contains("run migrate"), pod.err());
        }
    }

    @Test
    @Order(2)
    void theMigrationJobBringsTheSchemaAndDoesNothingTheSecondTime() {
        try (var job = start("Job", "agency-os-migration")) {
            assertEquals(0, job.exitCode(120), job.out() + job.err());
            assertTrue(job.out().contains(" migrations applied"), job.out());
        }
        try (var again = start("Job", "agency-os-migration")) {
            assertEquals(0, again.exitCode(60), again.out() + again.err());
            assertTrue(
                    again.out().contains("\n0 migrations applied")
                            || again.out().startsWith("0 "),
                    again.out());
        }
    }

    @Test
    @Order(3)
    void aPodOfTheApiAnswersItsProbesServesAndIsDrained() {
        var deployment = manifests.one("Deployment", "agency-os");
        try (var pod = start("Deployment", "agency-os")) {
            awaitProbes(pod, deployment);
            assertBound(pod, List.of("/tmp rw"));
            assertServes(pod);
            assertExports(pod);
            assertHealthyToCompose(pod);
            assertDrained(pod, deployment);
        }
    }

    @Test
    @Order(4)
    void aPodOfTheWorkersAnswersItsProbesAndCanWriteWhereFilmsLie() {
        try (var pod = start("Deployment", "agency-os-worker")) {
            awaitProbes(pod, manifests.one("Deployment", "agency-os-worker"));
            assertBound(pod, List.of("/tmp rw", "/work rw"));
            assertEquals("", pod.err());
            assertEquals(403, pod.status("/videos/00000000-0000-0000-0000-000000000000/thumbnails.vtt"));
        }
    }

    private static Pod start(String kind, String name) {
        var workload = manifests.one(kind, name);
        var environment = new TreeMap<>(manifests.environment(workload, PodIT::secret));
        environment.putAll(ofThisMachine());
        return Pod.start(workload, environment);
    }

    private static String secret(String name, String key) {
        return Map.of(
                        "agency-db-app/username",
                        "agency_app",
                        "agency-db-app/password",
                        "run'time",
                        "agency-db-owner/username",
                        "agency_owner",
                        "agency-db-owner/password",
                        "owner's secret",
                        "agency-storage/access-key",
                        S3Server.ACCESS_KEY,
                        "agency-storage/secret-key",
                        S3Server.SECRET_KEY)
                .get(name + "/" + key);
    }

    private static Map<String, String> ofThisMachine() {
        return Map.of(
                "AGENCY_DB_URL",
                cluster.url(Cluster.DATABASE),
                "AGENCY_OIDC_ISSUER",
                provider.address(),
                "AGENCY_S3_ENDPOINT",
                s3.endpoint().toString(),
                "AGENCY_S3_PATH_STYLE",
                "true",
                "AGENCY_HTTP_HOST",
                "127.0.0.1",
                "AGENCY_HTTP_PORT",
                "0");
    }

    /** Within the time that the startup probe gives. */
    private static void awaitProbes(Pod pod, JsonObject deployment) {
        var container = Manifests.container(deployment);
        var startup = container.getJsonObject("startupProbe");
        var most = startup.getInteger("periodSeconds") * startup.getInteger("failureThreshold");
        var end = Instant.now().plus(Duration.ofSeconds(most));
        while (!pod.listens() || pod.status(path(startup)) != 200)
            assertTrue(Instant.now().isBefore(end), () -> "Not started in time: " + pod.out() + pod.err());
        Await.value(200, () -> pod.status(path(container.getJsonObject("readinessProbe"))));
        assertEquals(200, pod.status(path(container.getJsonObject("livenessProbe"))));
    }

    private static String path(JsonObject probe) {
        return probe.getJsonObject("httpGet").getString("path");
    }

    private static void assertBound(Pod pod, List<String> writable) {
        assertEquals("10001\t10001\t10001\t10001", pod.kernel("Uid"));
        assertEquals("10001\t10001\t10001\t10001", pod.kernel("Gid"));
        assertEquals("1", pod.kernel("NoNewPrivs"));
        for (var set : List.of("CapPrm", "CapEff", "CapBnd")) assertEquals(NOBODY, pod.kernel(set));
        var mounts = pod.mounts().stream()
                .filter(mount -> !mount.matches("/(proc|dev|sys)[/ ].*"))
                .toList();
        assertEquals(
                writable,
                mounts.stream().filter(mount -> mount.endsWith(" rw")).sorted().toList());
        assertTrue(mounts.contains("/ ro"), mounts.toString());
    }

    private static void assertServes(Pod pod) {
        var answer = pod.ask(provider.person("alice", "admin", "agency-os"), CREATE);
        assertNull(answer.getValue("errors"), answer.encode());
        var refused = pod.ask(provider.person("alice", "admin", "another"), CREATE);
        assertTrue(refused.encode().contains("UNAUTHENTICATED"), refused.encode());
        assertEquals("", pod.err());
    }

    /** What is scaled by, and what the alerts look at. What waits is counted a while after the start. */
    private static void assertExports(Pod pod) {
        var needed = manifests.kind("HorizontalPodAutoscaler", "PrometheusRule").toString();
        var names = Pattern.compile("agency_\\w+")
                .matcher(needed)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
        assertEquals(9, names.size(), names::toString);
        for (var name : names) Await.until(() -> exports(pod, name), () -> name + " in " + pod.body("/q/metrics"));
    }

    private static boolean exports(Pod pod, String name) {
        return Pattern.compile("(?m)^" + name + "[ {]")
                .matcher(pod.body("/q/metrics"))
                .find();
    }

    /** The command by which Compose finds out, against this port. */
    private static void assertHealthyToCompose(Pod pod) {
        assertEquals(0, composeHealth(pod.port()));
        assertNotEquals(0, composeHealth(1));
    }

    private static int composeHealth(int port) {
        try (var file = Files.newInputStream(Path.of("docker", "compose.yaml"))) {
            Map<String, Object> compose = new Yaml().load(file);
            var application = new JsonObject(compose).getJsonObject("x-application");
            var test = application.getJsonObject("healthcheck").getJsonArray("test");
            var script = test.getString(3).replace("/8080", "/" + port);
            try (var check = Running.start(Path.of("."), List.of("bash", test.getString(2), script), Map.of())) {
                return check.exitCode(10);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Not ready any more at once, alive and serving meanwhile, and gone before the kubelet loses its patience. */
    private static void assertDrained(Pod pod, JsonObject deployment) {
        var container = Manifests.container(deployment);
        pod.terminate();
        Await.value(503, () -> pod.status(path(container.getJsonObject("readinessProbe"))));
        assertEquals(200, pod.status(path(container.getJsonObject("livenessProbe"))));
        assertNull(
                pod.ask(provider.person("alice", "admin", "agency-os"), CREATE).getValue("errors"));
        var pause = container
                .getJsonObject("lifecycle")
                .getJsonObject("preStop")
                .getJsonObject("sleep")
                .getInteger("seconds");
        var grace = Manifests.pod(deployment).getJsonObject("spec").getInteger("terminationGracePeriodSeconds");
        assertEquals(143, pod.exitCode(grace - pause));
        assertEquals("", pod.err());
    }
}
