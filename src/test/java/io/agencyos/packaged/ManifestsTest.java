package io.agencyos.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.agencyos.testing.Manifests;
import io.agencyos.testing.NodeScript;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What is described for Kubernetes fits together, and fits the application. */
class ManifestsTest {

    private static final String STAGING = "overlays/staging";
    private static final String PRODUCTION = "overlays/production";
    private static final List<String> ALL = List.of(
            STAGING,
            PRODUCTION,
            "examples/postgres",
            "examples/secrets",
            "examples/gateway",
            "examples/staging/postgres",
            "examples/staging/secrets");
    private static final Set<String> PROBES = Set.of("/q/health/started", "/q/health/ready", "/q/health/live");
    private static final int SECONDS_TO_END = 10;
    /** How long a worker waits for a film to be given back. */
    private static final int SECONDS_FOR_A_FILM = 20;
    /** Connections of the migration, of administrators and of PostgreSQL's operator. */
    private static final int FOR_OTHERS = 20;
    /** The default of AGENCY_VIDEOS_STILLS. */
    private static final int STILLS = 2;
    /** The default of AGENCY_VIDEOS_MEMORY. */
    private static final int FILM_GB = 4;

    @Test
    void everyFieldIsOneOfTheApisAndHasItsType() {
        var folder = Path.of("target", "manifests").toAbsolutePath();
        for (var one : ALL) Manifests.of(one).write(folder.resolve(one.replace('/', '-') + ".yaml"));
        NodeScript.run("kubernetes.test.mjs", Map.of("MANIFESTS", folder.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {STAGING, PRODUCTION})
    void selectorsFindThePodsThatAreMeant(String overlay) {
        var manifests = Manifests.of(overlay);
        for (var one : manifests.kind("Deployment")) {
            var labels = labels(Manifests.pod(one));
            assertEquals(
                    labels, one.getJsonObject("spec").getJsonObject("selector").getJsonObject("matchLabels"));
            for (var spread : Manifests.objects(Manifests.pod(one).getJsonObject("spec"), "topologySpreadConstraints"))
                assertEquals(labels, spread.getJsonObject("labelSelector").getJsonObject("matchLabels"));
        }
        for (var service : manifests.kind("Service"))
            assertEquals(labels(deployment(manifests, service)), spec(service).getJsonObject("selector"));
        for (var budget : manifests.kind("PodDisruptionBudget"))
            assertEquals(
                    labels(deployment(manifests, budget)),
                    spec(budget).getJsonObject("selector").getJsonObject("matchLabels"));
        var target = spec(manifests.one("HorizontalPodAutoscaler", "agency-os")).getJsonObject("scaleTargetRef");
        assertNotNull(manifests.one(target.getString("kind"), target.getString("name")));
        assertFalse(spec(manifests.one("Deployment", "agency-os")).containsKey("replicas"), "is the autoscaler's");
    }

    /** The pods of the deployment that is called like this. */
    private static JsonObject deployment(Manifests manifests, JsonObject document) {
        return Manifests.pod(manifests.one("Deployment", Manifests.name(document)));
    }

    private static JsonObject labels(JsonObject pod) {
        return pod.getJsonObject("metadata").getJsonObject("labels");
    }

    private static JsonObject spec(JsonObject document) {
        return document.getJsonObject("spec");
    }

    @ParameterizedTest
    @ValueSource(strings = {STAGING, PRODUCTION})
    void whatPoliciesAndPrometheusSelectIsThere(String overlay) {
        var manifests = Manifests.of(overlay);
        var pods = manifests.workloads().stream()
                .map(one -> labels(Manifests.pod(one)))
                .toList();
        for (var policy : manifests.kind("NetworkPolicy")) {
            var wanted = spec(policy).getJsonObject("podSelector").getJsonObject("matchLabels", new JsonObject());
            assertTrue(pods.stream().anyMatch(pod -> has(pod, wanted)), policy.encode());
        }
        var monitor = spec(manifests.one("ServiceMonitor", "agency-os"));
        var services = manifests.kind("Service").stream()
                .filter(one ->
                        has(labels(one), monitor.getJsonObject("selector").getJsonObject("matchLabels")))
                .toList();
        assertEquals(2, services.size());
        for (var endpoint : Manifests.objects(monitor, "endpoints"))
            for (var service : services) port(service, endpoint.getString("port"));
    }

    private static boolean has(JsonObject labels, JsonObject wanted) {
        return wanted.stream().allMatch(one -> one.getValue().equals(labels.getString(one.getKey())));
    }

    private static JsonObject port(JsonObject service, String name) {
        return Manifests.objects(spec(service), "ports").stream()
                .filter(port -> port.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {STAGING, PRODUCTION})
    void portsAreWhereTheyAreSaidToBe(String overlay) {
        var manifests = Manifests.of(overlay);
        for (var one : manifests.kind("Deployment")) {
            var ports = Manifests.objects(Manifests.container(one), "ports");
            assertEquals(
                    List.of("http"),
                    ports.stream().map(p -> p.getString("name")).toList());
            assertEquals(8080, ports.get(0).getInteger("containerPort"), "the default of AGENCY_HTTP_PORT");
            for (var probe : probes(one)) assertEquals("http", probe.getString("port"));
        }
        for (var service : manifests.kind("Service"))
            assertEquals("http", port(service, "http").getString("targetPort"));
        for (var path : paths(manifests)) {
            var service = path.getJsonObject("backend").getJsonObject("service");
            port(
                    manifests.one("Service", service.getString("name")),
                    service.getJsonObject("port").getString("name"));
        }
    }

    private static List<JsonObject> probes(JsonObject deployment) {
        return Stream.of("startupProbe", "readinessProbe", "livenessProbe")
                .map(name -> Manifests.container(deployment).getJsonObject(name).getJsonObject("httpGet"))
                .toList();
    }

    private static List<JsonObject> paths(Manifests manifests) {
        return Manifests.objects(spec(manifests.one("Ingress", "agency-os")), "rules").stream()
                .flatMap(rule -> Manifests.objects(rule.getJsonObject("http"), "paths").stream())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {STAGING, PRODUCTION})
    void probesAskWhatTheApplicationAnswers(String overlay) {
        for (var one : Manifests.of(overlay).kind("Deployment")) {
            var asked =
                    probes(one).stream().map(probe -> probe.getString("path")).toList();
            assertEquals(PROBES, new HashSet<>(asked));
            assertEquals("/q/health/live", asked.get(2), "what depends on the database may restart nobody");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {STAGING, PRODUCTION})
    void healthAndMetricsAreNotForTheOutside(String overlay) {
        var open = paths(Manifests.of(overlay)).stream()
                .map(path -> path.getString("path"))
                .collect(Collectors.toSet());
        assertEquals(Set.of("/graphql", "/rooms", "/graphiql", "/videos"), open);
    }

    @ParameterizedTest
    @ValueSource(strings = {STAGING, PRODUCTION})
    void everySettingIsOneThatReadmeNames(String overlay) throws IOException {
        var manifests = Manifests.of(overlay);
        var known = Pattern.compile("`(AGENCY_\\w+)`")
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        for (var workload : manifests.workloads()) {
            var unknown = new TreeSet<>(
                    manifests.environment(workload, (name, key) -> "x").keySet());
            assertFalse(unknown.isEmpty());
            unknown.removeAll(known);
            assertEquals(Set.of(), unknown);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {STAGING, PRODUCTION})
    void secretsAreNamedAndNowhereWritten(String overlay) {
        var manifests = Manifests.of(overlay);
        var needed = new TreeSet<String>();
        for (var workload : manifests.workloads())
            manifests.environment(workload, (name, key) -> needed.add(name + "/" + key) ? "" : "");
        assertEquals(made(example(overlay, "secrets"), namespaces(overlay)), needed);
        assertEquals(List.of(), manifests.kind("Secret"));
        for (var map : manifests.kind("ConfigMap"))
            for (var key : map.getJsonObject("data").fieldNames())
                assertFalse(key.matches(".*(PASSWORD|SECRET|ACCESS_KEY).*"), key);
    }

    /** The folder of the examples that is meant for an overlay. */
    private static Manifests example(String overlay, String what) {
        return Manifests.of("examples/" + (overlay.equals(STAGING) ? "staging/" : "") + what);
    }

    /** The secrets that an example makes, all of which are in these namespaces. */
    private static Set<String> made(Manifests example, Set<String> namespaces) {
        var made = new TreeSet<String>();
        for (var secret : example.kind("ExternalSecret")) {
            assertEquals(namespaces, Set.of(secret.getJsonObject("metadata").getString("namespace")));
            for (var data : Manifests.objects(spec(secret), "data"))
                made.add(spec(secret).getJsonObject("target").getString("name") + "/" + data.getString("secretKey"));
        }
        return made;
    }

    /** Its name, its database, its roles' secrets, and the way to it. */
    @ParameterizedTest
    @ValueSource(strings = {STAGING, PRODUCTION})
    void theDatabaseThatIsAskedForIsTheOneThatTheExampleMakes(String overlay) {
        var manifests = Manifests.of(overlay);
        var example = example(overlay, "postgres");
        var cluster = example.one("Cluster", "agency-db");
        var namespace = cluster.getJsonObject("metadata").getString("namespace");
        var initdb = spec(cluster).getJsonObject("bootstrap").getJsonObject("initdb");
        var address = "postgresql://agency-db-rw." + namespace + ":5432/" + initdb.getString("database");
        for (var one : manifests.workloads())
            assertEquals(address, manifests.environment(one, (name, key) -> "x").get("AGENCY_DB_URL"));
        var role = Manifests.objects(spec(cluster).getJsonObject("managed"), "roles")
                .get(0);
        var made = made(example, Set.of(namespace));
        for (var secret : List.of(initdb.getJsonObject("secret"), role.getJsonObject("passwordSecret")))
            assertTrue(made.contains(secret.getString("name") + "/password"), made::toString);
        var policy = manifests.one("NetworkPolicy", "database").encode();
        assertTrue(policy.contains("\"kubernetes.io/metadata.name\":\"" + namespace + "\""), policy);
    }

    /** Who reads what staging is given is not in production. */
    @ParameterizedTest
    @ValueSource(strings = {"secrets", "postgres"})
    void stagingHasSecretsOfItsOwn(String what) {
        var keys = new TreeSet<>(remoteKeys(STAGING, what));
        keys.retainAll(remoteKeys(PRODUCTION, what));
        assertEquals(Set.of(), keys);
    }

    private static Set<String> remoteKeys(String overlay, String what) {
        return example(overlay, what).kind("ExternalSecret").stream()
                .flatMap(secret -> Manifests.objects(spec(secret), "data").stream())
                .map(data -> data.getJsonObject("remoteRef").getString("key"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {STAGING, PRODUCTION})
    void onlyTheMigrationKnowsTheOwner(String overlay) {
        var manifests = Manifests.of(overlay);
        for (var one : manifests.kind("Deployment"))
            assertFalse(manifests.environment(one, (name, key) -> "x").containsKey("AGENCY_DB_OWNER"));
        var migration = manifests.one("Job", "agency-os-migration");
        assertTrue(manifests.environment(migration, (name, key) -> "x").containsKey("AGENCY_DB_OWNER"));
        assertEquals(
                List.of("migrate"),
                Manifests.container(migration).getJsonArray("args").getList());
    }

    /** README applies these by their label, and Argo CD by their waves, before all else. */
    @ParameterizedTest
    @ValueSource(strings = {STAGING, PRODUCTION})
    void whatTheMigrationNeedsGoesBeforeIt(String overlay) {
        var manifests = Manifests.of(overlay);
        var migration = manifests.one("Job", "agency-os-migration");
        var map = Manifests.objects(Manifests.container(migration), "envFrom").get(0);
        var needed = new ArrayList<>(manifests.kind("NetworkPolicy"));
        needed.add(manifests.one(
                "ServiceAccount", Manifests.pod(migration).getJsonObject("spec").getString("serviceAccountName")));
        needed.add(manifests.one("ConfigMap", map.getJsonObject("configMapRef").getString("name")));
        for (var one : needed) {
            assertEquals("config", labels(one).getString("app.kubernetes.io/component"));
            assertEquals(-2, wave(one));
        }
        assertEquals("migration", labels(migration).getString("app.kubernetes.io/component"));
        assertEquals(-1, wave(migration));
        for (var one : manifests.kind("Deployment")) assertEquals(0, wave(one));
    }

    private static int wave(JsonObject document) {
        var annotations = document.getJsonObject("metadata").getJsonObject("annotations", new JsonObject());
        return Integer.parseInt(annotations.getString("argocd.argoproj.io/sync-wave", "0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {STAGING, PRODUCTION})
    void nobodyIsRootOrWritesWhereTheyShouldNot(String overlay) {
        for (var one : Manifests.of(overlay).workloads()) {
            var pod = Manifests.pod(one).getJsonObject("spec");
            var container = Manifests.container(one);
            var bounds = container.getJsonObject("securityContext");
            assertEquals(true, pod.getJsonObject("securityContext").getBoolean("runAsNonRoot"));
            assertEquals(
                    "RuntimeDefault",
                    pod.getJsonObject("securityContext")
                            .getJsonObject("seccompProfile")
                            .getString("type"));
            assertEquals(false, pod.getBoolean("automountServiceAccountToken"));
            assertEquals(true, bounds.getBoolean("readOnlyRootFilesystem"));
            assertEquals(false, bounds.getBoolean("allowPrivilegeEscalation"));
            assertEquals(
                    List.of("ALL"),
                    bounds.getJsonObject("capabilities").getJsonArray("drop").getList());
            for (var kind : List.of("requests", "limits"))
                assertEquals(
                        Set.of("cpu", "memory"),
                        container.getJsonObject("resources").getJsonObject(kind).fieldNames());
            assertEquals(names(pod, "volumes"), names(container, "volumeMounts"));
        }
    }

    private static Set<String> names(JsonObject parent, String field) {
        return Manifests.objects(parent, field).stream()
                .map(one -> one.getString("name"))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @ValueSource(strings = {STAGING, PRODUCTION})
    void aPodMayTakeAsLongToEndAsTheApplicationDoes(String overlay) {
        var manifests = Manifests.of(overlay);
        for (var one : manifests.kind("Deployment")) {
            var environment = manifests.environment(one, (name, key) -> "x");
            var pause = Manifests.container(one)
                    .getJsonObject("lifecycle")
                    .getJsonObject("preStop")
                    .getJsonObject("sleep")
                    .getInteger("seconds");
            var films = environment.get("AGENCY_VIDEOS_WORKERS").equals("0") ? 0 : SECONDS_FOR_A_FILM;
            var needed = pause + seconds(environment, "AGENCY_DRAIN") + seconds(environment, "AGENCY_LIMITS_DURATION");
            var given = Manifests.pod(one).getJsonObject("spec").getInteger("terminationGracePeriodSeconds");
            assertTrue(given >= needed + films + SECONDS_TO_END, given + " < " + needed);
        }
    }

    private static int seconds(Map<String, String> environment, String setting) {
        return Integer.parseInt(environment.get(setting).replace("s", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {STAGING, PRODUCTION})
    void theImagesAreTheOverlays(String overlay) {
        var images = Manifests.of(overlay).workloads().stream()
                .map(one -> Manifests.container(one).getString("image"))
                .collect(Collectors.toCollection(ArrayList::new));
        for (var image : images) assertTrue(image.matches("registry\\.example/agency-os(-worker)?:\\S+"), image);
        assertEquals(2, new HashSet<>(images).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {STAGING, PRODUCTION})
    void anotherInstallationThatIsUpDoesNotHideThatThisOneIsNot(String overlay) {
        var manifests = Manifests.of(overlay);
        var rules = Manifests.objects(
                Manifests.objects(spec(manifests.one("PrometheusRule", "agency-os")), "groups")
                        .get(0),
                "rules");
        var namespace = namespaces(overlay).iterator().next();
        for (var rule : rules)
            if (rule.getString("expr").contains("absent("))
                assertTrue(rule.getString("expr").contains("namespace=\"" + namespace + "\""), rule::encode);
            else assertTrue(rule.getString("expr").contains("by (namespace"), rule::encode);
    }

    /** Each pod opens its pool and two connections more. */
    @ParameterizedTest
    @ValueSource(strings = {STAGING, PRODUCTION})
    void postgresLetsInAllPodsThatThereCanBe(String overlay) {
        var cluster = spec(example(overlay, "postgres").one("Cluster", "agency-db"));
        var parameters = cluster.getJsonObject("postgresql").getJsonObject("parameters");
        var given = Integer.parseInt(parameters.getString("max_connections"));
        var needed = connections(overlay) + FOR_OTHERS;
        assertTrue(given >= needed, given + " < " + needed);
    }

    private static int connections(String overlay) {
        var manifests = Manifests.of(overlay);
        var most = spec(manifests.one("HorizontalPodAutoscaler", "agency-os")).getInteger("maxReplicas");
        var all = 0;
        for (var one : manifests.kind("Deployment")) {
            var surge = spec(one)
                    .getJsonObject("strategy")
                    .getJsonObject("rollingUpdate")
                    .getInteger("maxSurge");
            var pool = Integer.parseInt(
                    manifests.environment(one, (name, key) -> "x").get("AGENCY_DB_POOL_SIZE"));
            all += (spec(one).getInteger("replicas", most) + surge) * (pool + 2);
        }
        return all;
    }

    @Test
    void thePoolerIsOneThatTheApplicationWorksWith() {
        var pooler = spec(Manifests.of("examples/postgres").one("Pooler", "agency-db-pooler"));
        assertEquals("transaction", pooler.getJsonObject("pgbouncer").getString("poolMode"));
    }

    @Test
    void theGatewayIsLetIn() {
        var gateway = Manifests.of("examples/gateway");
        var parent = Manifests.objects(spec(gateway.one("HTTPRoute", "agency-os")), "parentRefs")
                .get(0)
                .getString("namespace");
        var policy = gateway.one("NetworkPolicy", "gateway");
        assertTrue(policy.encode().contains("\"kubernetes.io/metadata.name\":\"" + parent + "\""), policy::encode);
        assertEquals(
                spec(Manifests.of(PRODUCTION).one("NetworkPolicy", "serving")).getJsonObject("podSelector"),
                spec(policy).getJsonObject("podSelector"));
    }

    /** What lies there at a time: a film and its copy for each that is processed, and one for each still. */
    @ParameterizedTest
    @ValueSource(strings = {STAGING, PRODUCTION})
    void theLargestFilmsFitIntoAWorkersVolume(String overlay) {
        var manifests = Manifests.of(overlay);
        var worker = manifests.one("Deployment", "agency-os-worker");
        var environment = manifests.environment(worker, (name, key) -> "x");
        var work = Manifests.objects(Manifests.pod(worker).getJsonObject("spec"), "volumes").stream()
                .filter(volume -> volume.getString("name").equals("work"))
                .findFirst()
                .orElseThrow()
                .getJsonObject("emptyDir")
                .getString("sizeLimit");
        var film = gigabytes(environment.get("AGENCY_UPLOAD_SIZE"));
        var copy = gigabytes(environment.get("AGENCY_VIDEOS_OUTPUT"));
        var workers = Integer.parseInt(environment.get("AGENCY_VIDEOS_WORKERS"));
        var needed = workers * (film + copy) + STILLS * film;
        assertTrue(gigabytes(work) >= needed, work + " < " + needed + "G");
    }

    /** Else one film that takes all it may ends the worker, and whatever else that is at. */
    @Test
    void heapAndFilmFitIntoAWorkersMemory() throws IOException {
        var limit = Manifests.container(Manifests.of(PRODUCTION).one("Deployment", "agency-os-worker"))
                .getJsonObject("resources")
                .getJsonObject("limits")
                .getString("memory");
        var docker = Files.readString(Path.of("docker", "Dockerfile.jvm"));
        var heap = Pattern.compile("(?s)AS worker.*?-Xmx(\\d+g).*?AS server").matcher(docker);
        assertTrue(heap.find(), docker);
        assertTrue(gigabytes(limit) >= gigabytes(heap.group(1)) + FILM_GB + 1, limit);
    }

    private static int gigabytes(String size) {
        return Integer.parseInt(size.replaceAll("(?i)gi?$", ""));
    }

    @Test
    void theOverlaysAreInNamespacesOfTheirOwn() {
        assertEquals(Set.of("agency"), namespaces(PRODUCTION));
        assertEquals(Set.of("agency-staging"), namespaces(STAGING));
    }

    private static Set<String> namespaces(String overlay) {
        return Manifests.of(overlay).all().stream()
                .map(one -> one.getJsonObject("metadata").getString("namespace"))
                .collect(Collectors.toSet());
    }
}
