package io.agencyos.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.agencyos.testing.Await;
import io.agencyos.testing.Cluster;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import io.agencyos.testing.RoomClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The dashboard shows nothing that the application does not export. */
class DashboardIT {

    private static final Path DASHBOARD = Path.of("ops", "grafana", "agency-os.json");
    private static final Pattern METRIC =
            Pattern.compile("\\b((?:agency|http_server|sql|jvm|process|system|worker)_[a-z0-9_]+)");

    private static Cluster cluster;
    private static Packaged application;

    @BeforeAll
    static void start() {
        cluster = Cluster.start(17, Map.of("shared_preload_libraries", "pg_stat_statements"));
        var settings = new HashMap<>(cluster.settings());
        settings.putAll(Map.of(
                "AGENCY_MONITORING_EVERY",
                "200ms",
                "AGENCY_PROBES",
                "200ms",
                "AGENCY_MONITORING_SLOW_MS",
                "50",
                "AGENCY_MONITORING_REPORT",
                "* * * * * ?"));
        application = Packaged.start(settings).awaitReady();
        application.get(Person.admin("alice"), "query Me { viewer { id } }", Map.of());
        // rooms are made when somebody comes
        try (var rooms = RoomClient.open(application.address("ws", "/rooms"), RoomClient.PROTOCOL)) {
            rooms.signIn(Person.admin("alice").token());
        }
    }

    @AfterAll
    static void stop() {
        if (application != null) application.close();
        if (cluster != null) cluster.close();
    }

    @Test
    void everyMetricOfTheDashboardIsExported() throws IOException {
        var wanted = new TreeSet<String>();
        for (var expression : expressions()) {
            var found = METRIC.matcher(expression);
            while (found.find()) wanted.add(found.group(1));
        }
        assertTrue(wanted.size() > 20, wanted::toString);
        var missing = new HashSet<>(wanted);
        Await.until(
                () -> {
                    missing.removeAll(exported());
                    return missing.isEmpty();
                },
                () -> "not exported: " + missing);
    }

    @Test
    void everyMetricOfOursIsOnTheDashboard() throws IOException {
        var shown = String.join("\n", expressions());
        var ours = exported().stream()
                .filter(name -> name.startsWith("agency_") && !name.endsWith("_max") && !name.endsWith("_count"))
                .filter(name -> !name.endsWith("_sum"))
                .collect(Collectors.toSet());
        assertTrue(ours.size() > 10, ours::toString);
        assertEquals(
                List.of(),
                ours.stream().filter(name -> !shown.contains(name)).sorted().toList());
    }

    @Test
    void theQueuesAreCounted() {
        cluster.change(
                "insert into notification_queue (entity_type, created_at) values ('request', now() - interval '2 hours')");
        Await.until(() -> sample("agency_jobs_oldest_seconds{queue=\"notifications\"}") >= 7200, DashboardIT::metrics);
        assertEquals(1, sample("agency_jobs_waiting{queue=\"notifications\"}"));
        assertEquals(0, sample("agency_jobs_waiting{queue=\"video_processing\"}"));
    }

    @Test
    void connectionsWhoseLastReadingFailedAreCounted() {
        cluster.change(
                "with c as (insert into platform_connections (platform) values ('meta'), ('tiktok') returning id, platform)"
                        + " insert into metric_sync_logs (platform_connection_id, status, start_time)"
                        + " select id, case platform when 'meta' then 'failed' else 'success' end, now() from c"
                        + " union all select id, 'failed', now() - interval '1 day' from c");
        Await.value(1.0, () -> sample("agency_sync_failing"));
    }

    @Test
    void operationsHaveOneSeriesForEachNameAndClientsCannotMakeThemMany() {
        var alice = Person.admin("alice");
        for (var i = 0; i < 150; i++) application.get(alice, "query Made" + i + " { viewer { id } }", Map.of());
        application.ask(alice, "query Broken { nobody }", Map.of());
        var names = metrics()
                .lines()
                .filter(line -> line.startsWith("agency_graphql_seconds_count{"))
                .collect(Collectors.toSet());
        assertTrue(names.stream().anyMatch(line -> line.contains("operation=\"Me\"")), names::toString);
        assertTrue(names.size() <= 2 * 100 + 8, () -> names.size() + " series");
        assertTrue(sample("agency_graphql_seconds_count{operation=\"other\",outcome=\"ok\",type=\"query\"}") >= 50);
        assertTrue(sample("agency_graphql_seconds_count{operation=\"other\",outcome=\"error\",type=\"none\"}") >= 1);
        assertFalse(metrics().contains("Broken"));
    }

    @Test
    void slowStatementsAreToldToAdministratorsAndReported() {
        var ask = "{ slowStatements { missing statements { statement calls meanMs maxMs totalMs rows } } }";
        var alice = Person.admin("alice");
        var before = application.get(alice, ask, Map.of()).getJsonObject("slowStatements");
        assertTrue(before.getString("missing").contains("CREATE EXTENSION"), before::encode);
        assertEquals(0, before.getJsonArray("statements").size());
        assertTrue(Double.isNaN(sample("agency_slow_statements")), DashboardIT::metrics);
        cluster.change("create extension pg_stat_statements");
        cluster.change("create function dawdle() returns trigger language plpgsql as"
                + " $$ begin perform pg_sleep(0.2); return new; end $$");
        cluster.change(
                "create trigger clients_05_dawdle before insert on clients for each row execute function dawdle()");
        application.get(alice, "mutation { createClient(input: {name: \"Slow and secret\"}) { id } }", Map.of());
        Await.until(() -> sample("agency_slow_statements") >= 1, DashboardIT::metrics);
        var report = application.get(alice, ask, Map.of()).getJsonObject("slowStatements");
        assertEquals(null, report.getString("missing"));
        var slowest = report.getJsonArray("statements").stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("statement").startsWith("insert into clients"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(report.encode()));
        assertTrue(slowest.getDouble("meanMs") >= 200, report::encode);
        assertFalse(report.encode().contains("secret"), report::encode);
        Await.until(() -> application.out().contains("Slow statement: "), application::out);
        var user = application.ask(Person.user("bob"), ask, Map.of());
        assertTrue(user.encode().contains("FORBIDDEN"), user::encode);
    }

    @Test
    void theDashboardIsOneThatGrafanaTakes() throws IOException {
        var dashboard = dashboard();
        assertTrue(dashboard.getInteger("schemaVersion") >= 39);
        assertEquals("agency-os", dashboard.getString("uid"));
        var ids = new ArrayList<Integer>();
        for (var panel : panels(dashboard)) {
            ids.add(panel.getInteger("id"));
            assertTrue(Set.of("timeseries", "stat", "row", "table").contains(panel.getString("type")), panel::encode);
            var place = panel.getJsonObject("gridPos");
            assertTrue(place.getInteger("x") + place.getInteger("w") <= 24, panel::encode);
            assertFalse(panel.getString("title").isBlank());
        }
        assertEquals(ids.size(), Set.copyOf(ids).size(), ids::toString);
    }

    private static List<JsonObject> panels(JsonObject dashboard) {
        return dashboard.getJsonArray("panels").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static List<String> expressions() throws IOException {
        return panels(dashboard()).stream()
                .flatMap(panel -> panel.getJsonArray("targets", new JsonArray()).stream())
                .map(target -> ((JsonObject) target).getString("expr"))
                .toList();
    }

    private static JsonObject dashboard() throws IOException {
        return new JsonObject(Files.readString(DASHBOARD));
    }

    private static Set<String> exported() {
        return metrics()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toSet());
    }

    private static String metrics() {
        return application.body("/q/metrics");
    }

    private static double sample(String series) {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(-1);
    }
}
