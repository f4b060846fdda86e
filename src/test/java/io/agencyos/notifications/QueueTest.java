package io.agencyos.notifications;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;

import io.agencyos.testing.Story;
import io.agencyos.testing.Together;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.agencyos.testing.Someone.ADA;
import static io.agencyos.testing.Someone.BOB;
import static io.agencyos.testing.Someone.CAROL;
import static io.agencyos.testing.Someone.DANA;
import static io.agencyos.testing.Someone.NORTHWIND;
import static io.agencyos.testing.Someone.SYSTEM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A status change queues its messages; workers take each of them once, and again later if they failed. */
class QueueTest {

    @RegisterExtension
    static final Story story = new Story();

    private static final String TAKE = "select id from lock_and_get_notifications(?)";
    private static final String WAIT =
            "select attempts, extract(epoch from next_attempt_at - now())::int from lock_and_get_notifications(1)";

    @BeforeEach
    void nothingIsQueuedOrConfigured() {
        story.asSuperuser().does("delete from notification_queue");
        story.asSuperuser().does("delete from notification_config");
    }

    @Test
    void aStatusChangeQueuesEveryActiveMessageInTheSameTransaction() throws SQLException {
        configured("request", "status_change", true);
        configured("request", "status_change", true);
        var request = story.request(BOB, NORTHWIND);
        try (var bob = story.as(BOB).begins()) {
            bob.does("update requests set status = 'in_progress' where id = ?", request);
        }
        assertEquals("0", queued());
        story.as(BOB).does("update requests set status = 'in_progress' where id = ?", request);
        assertEquals("2", queued());
    }

    @Test
    void whatIsInactiveOrAboutAnotherEventIsNotQueued() {
        configured("request", "status_change", false);
        configured("request", "created", true);
        configured("comment", "status_change", true);
        story.as(BOB).does("update requests set status = 'in_progress' where id = ?", story.request(BOB, NORTHWIND));
        assertEquals("0", queued());
    }

    @Test
    void theMessageKnowsWhatTheTemplateNeeds() {
        configured("request", "status_change", true);
        var request = story.request(BOB, NORTHWIND, CAROL);
        story.as(BOB).noting("go").does("update requests set status = 'in_progress' where id = ?", request);
        assertEquals(
                "A poster|new_request|in_progress|Bob Baker|Carol Cole|Northwind|go",
                story.as(ADA)
                        .one("select event_data ->> 'request_title', event_data ->> 'old_status',"
                                + " event_data ->> 'new_status', event_data ->> 'changed_by_name',"
                                + " event_data ->> 'assigned_to_name', event_data ->> 'client_name',"
                                + " event_data ->> 'note' from notification_queue"));
    }

    @Test
    void aRefusedStatusChangeQueuesNothing() {
        configured("request", "status_change", true);
        story.as(BOB)
                .isRefused(
                        "AG001",
                        "update requests set status = 'completed' where id = ?",
                        story.request(BOB, NORTHWIND));
        assertEquals("0", queued());
    }

    @Test
    void twoWorkersNeverTakeTheSameRow() throws SQLException {
        queue(10);
        try (var one = story.as(SYSTEM).begins();
                var other = story.as(SYSTEM).begins()) {
            var taken = new HashSet<>(one.sees(TAKE, 6));
            var rest = other.sees(TAKE, 6);
            assertEquals(6, taken.size());
            assertEquals(4, rest.size());
            assertTrue(taken.addAll(rest) && taken.size() == 10);
        }
    }

    @Test
    void manyWorkersTakeEachRowOnce() {
        queue(100);
        var taken = Together.all(10, i -> story.as(SYSTEM).sees(TAKE, 25)).stream()
                .flatMap(List::stream)
                .toList();
        assertEquals(taken.size(), new HashSet<>(taken).size());
        assertEquals(100, taken.size());
    }

    @Test
    void aTakenRowIsNotTakenAgainBeforeItsTime() {
        queue(1);
        assertEquals(1, story.as(SYSTEM).sees(TAKE, 5).size());
        assertEquals(List.of(), story.as(SYSTEM).sees(TAKE, 5));
    }

    @Test
    void aWorkerThatDiesInItsTransactionLeavesTheRowToOthers() throws SQLException {
        queue(1);
        try (var dying = story.as(SYSTEM).begins()) {
            assertEquals(1, dying.sees(TAKE, 5).size());
        }
        assertEquals(1, story.as(SYSTEM).sees(TAKE, 5).size());
    }

    @Test
    void eachAttemptWaitsTwiceAsLongUntilTheyAreUsedUp() {
        queue(1);
        for (var expected : List.of("1|30", "2|60", "3|120", "4|240", "5|480")) {
            assertEquals(List.of(expected), story.as(SYSTEM).sees(WAIT));
            story.asSuperuser().does("update notification_queue set next_attempt_at = now() - interval '1 second'");
        }
        assertEquals(List.of(), story.as(SYSTEM).sees(WAIT));
    }

    @Test
    void noAttemptWaitsLongerThanAnHour() {
        queue(1);
        story.asSuperuser().does("update notification_queue set attempts = 40, max_attempts = 100");
        assertEquals(List.of("41|3600"), story.as(SYSTEM).sees(WAIT));
    }

    @Test
    void whatIsProcessedOrStillWaitsIsNotTaken() {
        queue(3);
        story.asSuperuser()
                .does("update notification_queue set is_processed = true where entity_id ="
                        + " (select entity_id from notification_queue limit 1)");
        story.asSuperuser()
                .does("update notification_queue set next_attempt_at = now() + interval '1 hour' where id ="
                        + " (select id from notification_queue where not is_processed limit 1)");
        assertEquals(1, story.as(SYSTEM).sees(TAKE, 5).size());
    }

    @Test
    void nobodyButTheApplicationAndAdministratorsSeesTheQueue() {
        queue(1);
        for (var who : List.of(BOB, DANA)) {
            assertEquals(List.of(), story.as(who).sees("select id from notification_queue"));
            assertEquals(List.of(), story.as(who).sees(TAKE, 5));
            story.as(who).changesNothing("update notification_queue set is_processed = true");
        }
    }

    @Test
    void onlyAdministratorsConfigure() {
        story.as(BOB)
                .isRefused(
                        "42501", "insert into notification_config (entity_type, event_type) values ('request', 'x')");
        assertEquals(List.of(), story.as(DANA).sees("select id from notification_config"));
    }

    private static void configured(String entity, String event, boolean active) {
        story.as(ADA)
                .does(
                        "insert into notification_config (entity_type, event_type, is_active) values (?, ?, ?)",
                        entity,
                        event,
                        active);
    }

    private static void queue(int rows) {
        story.asSuperuser()
                .does(
                        "insert into notification_queue (entity_type, entity_id, event_data)"
                                + " select 'request', gen_random_uuid(), '{}' from generate_series(1, ?)",
                        rows);
    }

    private static String queued() {
        return story.as(ADA).one("select count(*) from notification_queue");
    }
}
