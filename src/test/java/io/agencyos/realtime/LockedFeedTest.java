package io.agencyos.realtime;

import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Await;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Lock;
import io.agencyos.testing.Psql;
import io.agencyos.testing.Sessions;
import io.agencyos.testing.TestDatabase;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/** A migration may lock a table for longer than anybody waits for a lock: streams are late then, and go on. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class LockedFeedTest {

    private static final String CHANGES =
            "subscription { requestChanged { cursor operation id node { title createdBy { firstName } } } }";
    private static final String RESUMED =
            "subscription($after: String) { requestChanged(after: $after) { cursor operation id } }";
    private static final String SINCE = "select xact_start::text from pg_stat_activity where usename = 'agency_app'"
            + " and datname = current_database() and wait_event_type = 'Lock'";

    @Test
    void aLockOnTheRowsThatAreToldEndsNoStream() throws SQLException {
        assertWaitsForTheLockOn("requests");
    }

    @Test
    void aLockOnWhatHangsOnThemIsNoErrorOfTheEventEither() throws SQLException {
        assertWaitsForTheLockOn("profiles");
    }

    @Test
    void aLockOnTheLogRefusesNobodyWhoBeginsOrGoesOn() throws SQLException {
        var ann = Work.user();
        try (var socket = LiveClient.of(ann)) {
            var cursor = socket.subscribe(CHANGES).live();
            LiveClient.Stream begun;
            LiveClient.Stream resumed;
            try (var lock = Lock.table("change_log")) {
                begun = socket.subscribe(CHANGES);
                resumed = socket.subscribe(RESUMED, Map.of("after", cursor));
                awaitSecondAttempts();
                assertFalse(begun.hasMessage() || resumed.hasMessage());
            }
            begun.live();
            assertEquals(cursor, resumed.live());
            var id = Work.request(ann);
            for (var stream : List.of(begun, resumed))
                assertEquals(id, stream.change().getString("id"));
        }
    }

    /** Until all who waited for the lock have given up, and two of them wait anew besides the feed. */
    private static void awaitSecondAttempts() {
        Await.until(() -> Sessions.waiting() == 3, () -> Sessions.waiting() + " wait");
        var first = Psql.column(SINCE);
        Await.until(
                () -> Sessions.waiting() == 3 && Collections.disjoint(first, Psql.column(SINCE)),
                () -> "nobody tries again");
    }

    private static void assertWaitsForTheLockOn(String table) throws SQLException {
        var ann = Work.user();
        try (var socket = LiveClient.of(ann);
                var holdsTheFeedBack = TestDatabase.connect("postgres", AgencyResource.DATABASE)) {
            var stream = socket.subscribe(CHANGES);
            stream.live();
            holdsTheFeedBack.setAutoCommit(false);
            holdsTheFeedBack.createStatement().execute("select pg_current_xact_id()");
            var id = Work.request(ann);
            try (var lock = Lock.table(table)) {
                holdsTheFeedBack.rollback();
                awaitSecondAttempt(stream);
            }
            var told = stream.change();
            assertEquals(id, told.getString("id"));
            assertFalse(told.getJsonObject("node").getJsonObject("createdBy").isEmpty());
        }
    }

    /** Until who waited for the lock has given up, and waits anew. */
    private static void awaitSecondAttempt(LiveClient.Stream stream) {
        Sessions.awaitWaiting(1);
        var first = Psql.column(SINCE);
        Await.until(() -> isAnother(first, Psql.column(SINCE)), () -> "nobody tries again");
        assertFalse(stream.hasMessage());
    }

    private static boolean isAnother(List<String> first, List<String> now) {
        return !now.isEmpty() && !now.equals(first);
    }
}
