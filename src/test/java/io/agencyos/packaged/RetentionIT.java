package io.agencyos.packaged;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.agencyos.testing.Await;
import io.agencyos.testing.Cluster;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Two replicas keep house together: each row goes once, whoever of them takes it, and also when one dies of it. */
class RetentionIT {

    private static final String OLD = "insert into activity_log (entity_type, action, created_at)"
            + " select 'old', 'update', now() - interval '100 days' - i * interval '1 minute'"
            + " from generate_series(1, %d) i";
    private static final String CREATE =
            "mutation { createRequest(input: {title: \"Counted\", requestType: CREATIVE}) { id } }";

    private static Cluster cluster;
    private static Packaged first;
    private static Packaged second;

    @BeforeAll
    static void start() {
        cluster = Cluster.migrated();
        var settings = new HashMap<>(cluster.settings());
        settings.putAll(Map.of(
                "AGENCY_RETENTION_EVERY", "1s",
                "AGENCY_RETENTION_DASHBOARDS", "1s",
                "AGENCY_RETENTION_BATCH", "50",
                "AGENCY_RETENTION_LOOK", "1s",
                "AGENCY_RETENTION_DELAY", "1s"));
        first = Packaged.start(settings).awaitReady();
        second = Packaged.start(settings).awaitReady();
    }

    @AfterAll
    static void stop() {
        for (var each : new AutoCloseable[] {first, second, cluster})
            try {
                if (each != null) each.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
    }

    @Test
    void everyOldRowIsArchivedOnceThoughOneOfThemDies() {
        cluster.change(OLD.formatted(3_000));
        Await.until(() -> count("archived_activity_log") > 0, () -> state());
        first.kill();
        Await.value(3_000, () -> count("archived_activity_log"));
        assertEquals(0, count("activity_log"));
        var plan = second.get(Person.admin("alice"), "{ retentionPlan { task rowsDue finishedAt failure } }", Map.of());
        for (var task : plan.getJsonArray("retentionPlan"))
            assertEquals(null, ((io.vertx.core.json.JsonObject) task).getValue("failure"), plan.encode());
        assertEquals("", second.err());
    }

    @Test
    void theDashboardsFollow() {
        var alice = Person.admin("alice");
        second.get(alice, CREATE, Map.of());
        Await.until(
                () -> cluster.rows("select request_type from request_stats_by_type")
                        .equals(List.of(List.of("creative"))),
                RetentionIT::state);
        assertTrue(
                cluster.rows("select 1 from retention_runs where finished_at is not null")
                                .size()
                        > 6,
                state().toString());
    }

    private static int count(String table) {
        return Integer.parseInt(cluster.find("select count(*) from " + table + " where entity_type = 'old'"));
    }

    private static Object state() {
        return cluster.rows("select * from retention_runs order by place");
    }
}
