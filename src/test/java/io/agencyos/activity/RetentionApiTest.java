package io.agencyos.activity;

import java.util.List;
import java.util.Map;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@QuarkusTest
@WithTestResource(AgencyResource.class)
class RetentionApiTest {

    private static final String PLAN =
            "{ retentionPlan { task cutoff rowsDue oldest dueAt startedAt finishedAt rowsDone" + " failure } }";
    private static final String POLICIES =
            "{ retentionPolicies { id version entityType activeRetentionDays archiveRetentionDays lastArchivedAt } }";
    private static final String CHANGES =
            "{ configurationChanges(first: 1) { totalCount nodes { entityType entityId action"
                    + " details createdAt user { id } } } }";
    private static final String UPDATE = "mutation($id: ID!, $input: UpdateRetentionPolicyInput!, $version: Int) {"
            + " updateRetentionPolicy(id: $id, input: $input, ifVersion: $version)"
            + " { version activeRetentionDays archiveRetentionDays } }";

    private final Person admin = Work.admin();

    @Test
    void anAdministratorSeesWhatWouldBeDone() {
        var tasks = admin.get(PLAN).getJsonArray("retentionPlan").stream()
                .map(task -> ((JsonObject) task).getString("task"))
                .toList();
        assertEquals(
                List.of(
                        "partitions",
                        "activity_log",
                        "archived_activity_log",
                        "notification_queue",
                        "change_log",
                        "idempotency_keys",
                        "uploads",
                        "dashboards"),
                tasks);
    }

    @Test
    void nobodyElseDoes() {
        assertEquals("FORBIDDEN", Work.user().code(PLAN, Map.of()));
        assertEquals("FORBIDDEN", Work.stranger().code(PLAN, Map.of()));
        assertTrue(Work.user().get(POLICIES).getJsonArray("retentionPolicies").isEmpty());
    }

    @Test
    void anAdministratorEditsAPolicy() {
        var queue = queue();
        var changed =
                admin.get(UPDATE, edit(queue, "archiveRetentionDays", 120)).getJsonObject("updateRetentionPolicy");
        assertEquals(120, changed.getInteger("archiveRetentionDays"));
        assertEquals(30, changed.getInteger("activeRetentionDays"));
        assertEquals("CONFLICT", admin.code(UPDATE, edit(queue, "archiveRetentionDays", 1)));
        admin.get(UPDATE, edit(queue(), "archiveRetentionDays", 90));
    }

    @Test
    void whoChangedItAndFromWhatAdministratorsReadAndNobodyElse() {
        var before = queue();
        var days = before.getInteger("archiveRetentionDays");
        admin.get(UPDATE, edit(before, "archiveRetentionDays", days + 1));
        var page = admin.get(CHANGES).getJsonObject("configurationChanges");
        var change = page.getJsonArray("nodes").getJsonObject(0);
        assertTrue(page.getInteger("totalCount") > 0, page::encode);
        assertEquals("retention_policy", change.getString("entityType"));
        assertEquals(before.getString("id"), change.getString("entityId"));
        assertEquals(admin.id().toString(), change.getJsonObject("user").getString("id"));
        assertEquals(
                new JsonObject()
                        .put(
                                "archive_retention_days",
                                new JsonObject().put("old", days).put("new", days + 1)),
                change.getJsonObject("details").getJsonObject("changes"));
        admin.get(UPDATE, edit(queue(), "archiveRetentionDays", days));
        assertEquals("FORBIDDEN", Work.user().code(CHANGES, Map.of()));
        assertEquals("FORBIDDEN", Work.stranger().code(CHANGES, Map.of()));
    }

    @Test
    void daysAreNeitherNegativeNorBeyondACentury() {
        for (var days : new int[] {-1, 36_501})
            assertEquals("VALIDATION_FAILED", admin.code(UPDATE, edit(queue(), "activeRetentionDays", days)));
    }

    @Test
    void staffEditNoPolicy() {
        assertEquals("NOT_FOUND", Work.user().code(UPDATE, edit(queue(), "activeRetentionDays", 1)));
    }

    private static Map<String, Object> edit(JsonObject policy, String field, int days) {
        return Work.map(
                "id", policy.getString("id"), "version", policy.getInteger("version"), "input", Map.of(field, days));
    }

    private JsonObject queue() {
        return admin.get(POLICIES).getJsonArray("retentionPolicies").getJsonObject(1);
    }
}
