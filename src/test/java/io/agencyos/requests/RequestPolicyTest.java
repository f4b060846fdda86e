package io.agencyos.requests;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.agencyos.testing.Someone;
import io.agencyos.testing.Story;
import io.agencyos.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.agencyos.testing.Someone.ADA;
import static io.agencyos.testing.Someone.BOB;
import static io.agencyos.testing.Someone.CAROL;
import static io.agencyos.testing.Someone.DANA;
import static io.agencyos.testing.Someone.DAVE;
import static io.agencyos.testing.Someone.ERIN;
import static io.agencyos.testing.Someone.FINN;
import static io.agencyos.testing.Someone.LUMEN;
import static io.agencyos.testing.Someone.NOBODY;
import static io.agencyos.testing.Someone.NORTHWIND;
import static io.agencyos.testing.Someone.SYSTEM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Who may see and do what with a request, whoever speaks to the database, the application or psql. */
class RequestPolicyTest {

    @RegisterExtension
    static final Story story = new Story();

    private static final String NOT_ALLOWED = "42501";
    private static final String WRONG_STATUS = "AG001";
    private static final String INSERT =
            "insert into requests (title, request_type, client_id, created_by) values ('x', 'creative', ?, ?)";

    private static final List<String> STATUSES =
            List.of("new_request", "in_progress", "needs_review", "needs_edit", "completed");

    private static final Set<String> ALLOWED = Set.of(
            "new_request>in_progress",
            "in_progress>needs_review",
            "in_progress>needs_edit",
            "needs_review>completed",
            "needs_review>needs_edit",
            "needs_edit>in_progress",
            "completed>in_progress");

    // seeing
    // -----------------------------------------------------------------------------------------------------------

    @Test
    void aClientReadsTheRequestsOfTheirClientAndNoOthers() {
        var theirs = story.request(BOB, NORTHWIND);
        var anothers = story.request(BOB, LUMEN);
        var agencys = story.request(BOB, null);
        assertTrue(story.as(DANA).sees("select id from requests").contains(theirs));
        assertEquals(List.of(), story.as(DANA).sees("select id from requests where id in (?, ?)", anothers, agencys));
    }

    @Test
    void staffReadEveryRequest() {
        for (var client : new String[] {NORTHWIND, LUMEN, null}) {
            var request = story.request(BOB, client);
            assertEquals(request, story.as(CAROL).one("select id from requests where id = ?", request));
        }
    }

    @Test
    void aClientOfNobodySeesNoRequest() {
        story.request(BOB, NORTHWIND);
        assertEquals(List.of(), story.as(FINN).sees("select id from requests"));
    }

    @Test
    void whereClientsSeeAllTheyReadEverythingAndWriteNoMore() {
        var request = story.request(BOB, LUMEN);
        assertEquals(request, story.as(DANA).whereClientsSeeAll().one("select id from requests where id = ?", request));
        story.as(DANA).whereClientsSeeAll().isRefused(NOT_ALLOWED, INSERT, LUMEN, DANA);
        story.as(DANA).whereClientsSeeAll().changesNothing("update requests set title = 'y' where id = ?", request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "profiles",
                "clients",
                "client_members",
                "requests",
                "status_history",
                "assets",
                "comments",
                "tags",
                "request_tags",
                "project_tasks",
                "video_assets",
                "video_versions",
                "video_playback_sessions",
                "timecode_comments",
                "comment_mentions",
                "comment_notifications",
                "activity_log",
                "archived_activity_log",
                "retention_policies",
                "notification_config",
                "notification_queue",
                "performance_metrics",
                "platform_connections",
                "metric_sync_logs",
                "slack_messages",
                "user_mentions",
                "slack_connected_channels",
                "slack_message_requests",
                "slack_comment_threads",
                "change_log",
                "automation_rule_templates",
                "automation_rules",
                "request_stats",
                "performance_rollup",
                "user_activity"
            })
    void withoutAnIdentityNothingIsVisible(String table) {
        story.request(BOB, NORTHWIND);
        for (var who : List.of(
                NOBODY,
                new Someone(ADA.id(), ""),
                new Someone("", "admin"),
                new Someone("", "user"),
                new Someone("", "client"),
                new Someone(ADA.id(), "superuser"),
                new Someone(ADA.id(), "ADMIN"),
                new Someone("robert'); drop table requests; --", "admin"),
                new Someone(ADA.id() + "0", "user")))
            assertEquals("0", story.as(who).one("select count(*) from " + table), who::toString);
    }

    @Test
    void aConnectionThatNeverHeardOfAnIdentitySeesNothing() throws Exception {
        story.request(BOB, NORTHWIND);
        try (var fresh = TestDatabase.connect(TestDatabase.RUNTIME, story.database())) {
            var rows = fresh.createStatement().executeQuery("select count(*) from requests");
            rows.next();
            assertEquals(0, rows.getInt(1));
        }
    }

    @Test
    void withoutAnIdentityNothingIsWritten() {
        story.as(NOBODY).isRefused(NOT_ALLOWED, INSERT, NORTHWIND, BOB);
        story.as(NOBODY).changesNothing("update requests set title = 'x'");
        story.as(NOBODY).changesNothing("delete from requests");
    }

    // making
    // -----------------------------------------------------------------------------------------------------------

    @Test
    void aForgedCreatorIsRefused() {
        story.as(BOB).isRefused(NOT_ALLOWED, INSERT, NORTHWIND, CAROL);
        story.as(DANA).isRefused(NOT_ALLOWED, INSERT, NORTHWIND, DAVE);
    }

    @Test
    void aRequestWithoutACreatorIsRefused() {
        story.as(BOB).isRefused(NOT_ALLOWED, INSERT, NORTHWIND, null);
    }

    @Test
    void aClientMakesRequestsForTheirClientOnly() {
        assertEquals(1, story.as(DANA).does(INSERT, NORTHWIND, DANA));
        story.as(DANA).isRefused(NOT_ALLOWED, INSERT, LUMEN, DANA);
        story.as(DANA).isRefused(NOT_ALLOWED, INSERT, null, DANA);
    }

    @Test
    void anAdministratorMayMakeARequestInAnothersName() {
        assertEquals(1, story.as(ADA).does(INSERT, NORTHWIND, BOB));
    }

    @ParameterizedTest
    @ValueSource(strings = {"in_progress", "needs_review", "needs_edit", "completed"})
    void aNewRequestAlwaysStartsAsNew(String status) {
        var request = story.as(ADA)
                .adds(
                        "insert into requests (title, request_type, created_by, status, created_at)"
                                + " values ('x', 'project', ?, ?, '2020-01-01') returning id",
                        ADA,
                        status);
        assertEquals("new_request", story.as(ADA).one("select status from requests where id = ?", request));
    }

    // changing
    // ---------------------------------------------------------------------------------------------------------

    @Test
    void aUserEditsNothingThatIsNeitherTheirsNorAssigned() {
        var request = story.request(BOB, NORTHWIND, BOB);
        story.as(CAROL).changesNothing("update requests set title = 'y' where id = ?", request);
        story.as(CAROL).changesNothing("update requests set assigned_to = ? where id = ?", CAROL, request);
        story.as(CAROL).changesNothing("delete from requests where id = ?", request);
    }

    @Test
    void creatorAssigneeAndAdministratorEdit() {
        var request = story.request(BOB, NORTHWIND, CAROL);
        for (var who : List.of(BOB, CAROL, ADA))
            assertEquals(1, story.as(who).does("update requests set title = 'y' where id = ?", request));
    }

    @Test
    void anAssigneeHandsOverAndThenEditsNoMore() {
        var request = story.request(BOB, NORTHWIND, CAROL);
        assertEquals(1, story.as(CAROL).does("update requests set assigned_to = ? where id = ?", BOB, request));
        story.as(CAROL).changesNothing("update requests set title = 'y' where id = ?", request);
    }

    @Test
    void anAssigneeDoesNotDelete() {
        var request = story.request(BOB, NORTHWIND, CAROL);
        story.as(CAROL).changesNothing("delete from requests where id = ?", request);
        assertEquals(1, story.as(BOB).does("delete from requests where id = ?", request));
    }

    @Test
    void theCreatorOfARequestIsNotForgedLater() {
        var request = story.request(BOB, NORTHWIND);
        story.as(BOB).isRefused(NOT_ALLOWED, "update requests set created_by = ? where id = ?", CAROL, request);
        story.as(BOB).isRefused(NOT_ALLOWED, "update requests set id = gen_random_uuid() where id = ?", request);
    }

    @Test
    void aClientMovesNoRequestToAnotherClient() {
        var request = story.request(DANA, NORTHWIND);
        story.as(DANA).isRefused(NOT_ALLOWED, "update requests set client_id = ? where id = ?", LUMEN, request);
        story.as(DANA).isRefused(NOT_ALLOWED, "update requests set client_id = null where id = ?", request);
    }

    @Test
    void aClientWhoLeftTheirClientWritesNoMore() {
        story.as(ADA).does("insert into client_members (client_id, profile_id) values (?, ?)", LUMEN, FINN);
        var request = story.request(FINN, LUMEN);
        story.as(ADA).does("delete from client_members where profile_id = ?", FINN);
        story.as(FINN).changesNothing("update requests set title = 'y' where id = ?", request);
        assertEquals(List.of(), story.as(FINN).sees("select id from requests"));
    }

    @Test
    void aColleagueAtTheClientDoesNotEdit() {
        var request = story.request(DANA, NORTHWIND);
        story.as(DAVE).changesNothing("update requests set title = 'y' where id = ?", request);
        story.as(ERIN).changesNothing("update requests set title = 'y' where id = ?", request);
    }

    @Test
    void everyChangeRaisesTheVersionByOneWhateverTheWriterClaims() {
        var request = story.request(BOB, NORTHWIND);
        story.as(BOB).does("update requests set title = 'y', version = 40 where id = ?", request);
        assertEquals("2", story.as(BOB).one("select version from requests where id = ?", request));
    }

    // status
    // -----------------------------------------------------------------------------------------------------------

    static Stream<Arguments> pairs() {
        return STATUSES.stream().flatMap(from -> STATUSES.stream().map(to -> arguments(from, to)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void eachOfTheTwentyFivePairsGetsItsVerdict(String from, String to) {
        var request = story.request(BOB, NORTHWIND);
        story.place(request, from);
        if (from.equals(to) || ALLOWED.contains(from + ">" + to)) moves(request, from, to);
        else isHeld(request, from, to);
    }

    private static void moves(String request, String from, String to) {
        assertEquals(1, story.as(BOB).noting("go").does("update requests set status = ? where id = ?", to, request));
        var history = story.as(BOB)
                .sees(
                        "select old_status, new_status, changed_by, comments from status_history where request_id = ?",
                        request);
        assertEquals(from.equals(to) ? List.of() : List.of(from + "|" + to + "|" + BOB.id() + "|go"), history);
    }

    private static void isHeld(String request, String from, String to) {
        for (var who : List.of(BOB, ADA, SYSTEM)) {
            var refusal =
                    story.as(who).isRefused(WRONG_STATUS, "update requests set status = ? where id = ?", to, request);
            assertTrue(refusal.getMessage().contains(from + " cannot become " + to), refusal::getMessage);
        }
        assertEquals(from, story.as(BOB).one("select status from requests where id = ?", request));
        assertEquals(List.of(), story.as(BOB).sees("select id from status_history where request_id = ?", request));
    }

    @Test
    void theOwnerAndASuperuserAreHeldToTheStatusMachineToo() {
        var request = story.request(BOB, NORTHWIND);
        story.asOwner().isRefused(WRONG_STATUS, "update requests set status = 'completed' where id = ?", request);
        story.asSuperuser().isRefused(WRONG_STATUS, "update requests set status = 'completed' where id = ?", request);
    }

    @Test
    void theRefusalNamesWhatWouldHaveBeenAllowed() {
        var request = story.request(BOB, NORTHWIND);
        story.place(request, "needs_review");
        var refusal = story.as(BOB)
                .isRefused(WRONG_STATUS, "update requests set status = 'in_progress' where id = ?", request);
        assertTrue(refusal.getMessage().contains("\"allowed\": [\"needs_edit\", \"completed\"]"), refusal::getMessage);
    }

    @Test
    void aClientReadsTheHistoryOfTheirRequestsOnly() {
        var request = story.request(BOB, NORTHWIND);
        story.as(BOB).does("update requests set status = 'in_progress' where id = ?", request);
        assertEquals("1", story.as(DANA).one("select count(*) from status_history where request_id = ?", request));
        assertEquals("0", story.as(ERIN).one("select count(*) from status_history where request_id = ?", request));
    }

    // what only triggers write
    // -----------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "status_history, 'request_id, new_status', 'gen_random_uuid(), ''completed'''",
        "activity_log, 'entity_type, action', '''request'', ''create'''",
        "archived_activity_log, id, gen_random_uuid()",
        "change_log, 'table_name, op, row_id', '''requests'', ''UPDATE'', ''1'''",
        "notification_queue, entity_type, '''request'''",
        "comment_notifications, notification_type, '''reply'''"
    })
    void nobodyWritesTheRecordsThatTriggersKeep(String table, String columns, String values) {
        for (var who : List.of(ADA, BOB, DANA, SYSTEM)) {
            story.as(who).isRefused(NOT_ALLOWED, "insert into " + table + " (" + columns + ") values (" + values + ")");
            story.as(who).isRefused(NOT_ALLOWED, "delete from " + table);
            story.as(who).isRefused(NOT_ALLOWED, "truncate " + table);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"status_history", "activity_log", "archived_activity_log", "change_log"})
    void nobodyRewritesHistory(String table) {
        for (var who : List.of(ADA, BOB, SYSTEM))
            story.as(who).isRefused(NOT_ALLOWED, "update " + table + " set request_id = null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table requests disable row level security",
                "alter table requests disable trigger all",
                "set session_replication_role = replica",
                "drop table tags",
                "create table mine (id int)",
                "set role agency_owner",
                "refresh materialized view request_stats_by_type",
                "select log_change()"
            })
    void theRuntimeRoleDoesNotHelpItself(String sql) {
        story.as(ADA).isRefused(NOT_ALLOWED, sql);
    }
}
