package io.agencyos.activity;

import java.util.List;

import io.agencyos.testing.Someone;
import io.agencyos.testing.Story;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.agencyos.testing.Someone.ADA;
import static io.agencyos.testing.Someone.BOB;
import static io.agencyos.testing.Someone.DANA;
import static io.agencyos.testing.Someone.NORTHWIND;
import static io.agencyos.testing.Someone.SYSTEM;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Who did what is written down for every entity that people follow, kept, archived, and dropped in time. */
class ActivityLogTest {

    @RegisterExtension
    static final Story story = new Story();

    private static final String DEEDS =
            "select action, user_id from activity_log where entity_type = ? and entity_id = ? order by created_at";

    private final String request = story.request(BOB, NORTHWIND);

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "client, clients, 'name', '''New'''",
        "request, requests, 'title, request_type, created_by', '''x'', ''creative'', :me'",
        "asset, assets, 'request_id, name, created_by', ':request, ''x'', :me'",
        "comment, comments, 'request_id, content, user_id', ':request, ''x'', :me'",
        "project_task, project_tasks, 'request_id, title', ':request, ''x'''",
        "video_asset, video_assets, 'project_id, title, created_by', ':request, ''x'', :me'",
        "platform_connection, platform_connections, platform, '''google'''",
        "automation_rule, automation_rules, 'name, trigger_type, action_type', '''x'', ''created'', ''assign_user'''",
        "notification_config, notification_config, 'entity_type, event_type', '''request'', ''created'''",
        "automation_rule_template, automation_rule_templates, 'name, trigger_type, action_type',"
                + " '''x'', ''created'', ''assign_user'''",
        "retention_policy, retention_policies, 'entity_type, active_retention_days, archive_retention_days',"
                + " '''x'', 1, 2'",
        "slack_connected_channel, slack_connected_channels, channel_id, '''C1'''"
    })
    void makingAndDeletingIsLogged(String entity, String table, String columns, String values) {
        var filled = values.replace(":request", "'" + request + "'").replace(":me", "'" + ADA.id() + "'");
        var id = story.as(ADA).adds("insert into " + table + " (" + columns + ") values (" + filled + ") returning id");
        story.as(ADA).does("delete from " + table + " where id = ?", id);
        assertEquals(
                List.of("create|" + ADA.id(), "delete|" + ADA.id()),
                story.as(ADA).sees(DEEDS, entity, id));
    }

    @Test
    void whatAdministratorsSetIsLoggedWithAllItsValuesAndNoSecretsForThemAlone() {
        var id = story.as(ADA)
                .adds("insert into platform_connections (platform, account_name, credentials)"
                        + " values ('meta', 'Ours', '{\"token\": \"s3cr3t\"}') returning id");
        story.as(ADA).does("update platform_connections set account_name = 'Theirs' where id = ?", id);
        story.as(ADA).does("delete from platform_connections where id = ?", id);
        var values = "select details #>> '{changes,account_name,old}', details #>> '{changes,account_name,new}',"
                + " details::text like '%s3cr3t%' from activity_log where entity_id = ? order by created_at";
        var logged = List.of("null|Ours|f", "Ours|Theirs|f", "Theirs|null|f");
        assertEquals(logged, story.as(ADA).sees(values, id));
        assertEquals(List.of(), story.as(BOB).sees(values, id));
    }

    @Test
    void whoMaySeeAClientIsLoggedBothWays() {
        var client = story.as(ADA).adds("insert into clients (name) values ('Members') returning id");
        story.as(ADA).does("insert into client_members (client_id, profile_id) values (?, ?)", client, DANA);
        story.as(ADA).does("delete from client_members where client_id = ?", client);
        var told = "select action, user_id from activity_log where entity_type = 'client_member'"
                + " and ? in (details #>> '{changes,client_id,new}', details #>> '{changes,client_id,old}')"
                + " order by created_at";
        assertEquals(
                List.of("create|" + ADA.id(), "delete|" + ADA.id()),
                story.as(ADA).sees(told, client));
    }

    @Test
    void videosVersionsAndTheirCommentsAreLoggedUnderTheirRequest() {
        var video = story.as(BOB)
                .adds(
                        "insert into video_assets (project_id, title, created_by) values (?, 'v', ?) returning id",
                        request,
                        BOB);
        var version = story.as(BOB)
                .adds(
                        "insert into video_versions (video_asset_id, uploaded_by) values (?, ?) returning id",
                        video,
                        BOB);
        story.as(BOB)
                .does(
                        "insert into timecode_comments (video_version_id, timecode_seconds, content, author_id)"
                                + " values (?, 1, 'x', ?)",
                        version,
                        BOB);
        assertEquals(
                List.of("request", "timecode_comment", "video_asset", "video_version"),
                story.as(BOB)
                        .sees(
                                "select entity_type from activity_log where request_id = ? and action = 'create' order by 1",
                                request));
    }

    @Test
    void aStatusChangeIsLoggedAsOneWithItsNote() {
        story.as(BOB).noting("go").does("update requests set status = 'in_progress' where id = ?", request);
        assertEquals(
                "status_change|go|new_request|in_progress",
                lastOf(
                        "action, details ->> 'note', details #>> '{changes,status,old}', details #>> '{changes,status,new}'"));
    }

    @Test
    void aChangeNamesWhatItChangedAndNothingElse() {
        story.as(BOB).does("update requests set title = 'Other', priority = 'medium' where id = ?", request);
        assertEquals(
                "update|{\"title\": {\"new\": \"Other\", \"old\": \"A poster\"}}",
                lastOf("action, details -> 'changes'"));
    }

    @Test
    void aChangeOfNothingIsNotLogged() {
        story.as(BOB).does("update requests set title = title where id = ?", request);
        assertEquals("1", story.as(BOB).one("select count(*) from activity_log where request_id = ?", request));
    }

    @Test
    void secretsStayOutOfTheLog() {
        var id = story.as(ADA)
                .adds(
                        "insert into platform_connections (platform, credentials) values ('x', '{\"key\": \"s3cret\"}') returning id");
        story.as(ADA)
                .does(
                        "update platform_connections set credentials = '\"s4cret\"', account_name = 'a' where id = ?",
                        id);
        assertEquals("0", story.as(ADA).one("select count(*) from activity_log where details::text ~ 's[34]cret'"));
    }

    @Test
    void thatASecretWasSetIsLoggedAndNotWhich() {
        var id = story.as(ADA).adds("insert into platform_connections (platform) values ('x') returning id");
        for (var secret : new String[] {"'\"s3cret\"'", "'\"s4cret\"'", "null"})
            story.as(ADA).does("update platform_connections set credentials = " + secret + " where id = ?", id);
        assertEquals(
                List.of(
                        ADA.id() + "|{\"new\": \"[hidden]\", \"old\": null}",
                        ADA.id() + "|{\"new\": \"[hidden]\", \"old\": \"[hidden]\"}",
                        ADA.id() + "|{\"new\": null, \"old\": \"[hidden]\"}"),
                story.as(ADA)
                        .sees(
                                "select user_id, details #> '{changes,credentials}' from activity_log"
                                        + " where entity_id = ? and action = 'update' order by created_at",
                                id));
    }

    @Test
    void longWordsAreCut() {
        story.as(BOB).does("update requests set description = repeat('x', 100000) where id = ?", request);
        assertEquals("201", lastOf("length(details #>> '{changes,description,new}')"));
    }

    @Test
    void whatFallsWithItsRequestIsNotLoggedOneByOne() {
        story.as(BOB).does("insert into comments (request_id, user_id, content) values (?, ?, 'x')", request, BOB);
        story.as(BOB).does("delete from requests where id = ?", request);
        assertEquals(
                List.of("request"),
                story.as(BOB)
                        .sees(
                                "select entity_type from activity_log where request_id = ? and action = 'delete'",
                                request));
    }

    @Test
    void clientsReadNoActivity() {
        assertEquals("0", story.as(DANA).one("select count(*) from activity_log"));
        assertEquals("0", story.as(DANA).whereClientsSeeAll().one("select count(*) from activity_log"));
    }

    @Test
    void staffReadNoArchive() {
        oldActivity(400);
        story.as(SYSTEM).one("select archive_old_activities(90)");
        assertEquals("0", story.as(BOB).one("select count(*) from archived_activity_log"));
    }

    @Test
    void whatIsOlderMovesToTheArchiveAsItIs() {
        var old = oldActivity(91);
        var young = oldActivity(89);
        var before = story.as(ADA).one(ROW.formatted("activity_log"), old);
        story.as(SYSTEM).one("select archive_old_activities(90)");
        assertEquals(before, story.as(ADA).one(ROW.formatted("archived_activity_log"), old));
        assertEquals("0", story.as(ADA).one("select count(*) from activity_log where id = ?", old));
        assertEquals("1", story.as(ADA).one("select count(*) from activity_log where id = ?", young));
    }

    @Test
    void archivingAnswersHowManyAndTheSecondTimeNone() {
        story.as(SYSTEM).one("select archive_old_activities(90)");
        oldActivity(100);
        oldActivity(200);
        assertEquals("2", story.as(ADA).one("select archive_old_activities(90)"));
        assertEquals("0", story.as(ADA).one("select archive_old_activities(90)"));
    }

    @Test
    void onlyAnAdministratorOrTheApplicationArchives() {
        for (var who : List.of(BOB, DANA, Someone.NOBODY))
            for (var call : List.of("archive_old_activities(0)", "drop_old_changes(1)", "apply_retention()"))
                story.as(who).isRefused("42501", "select " + call);
    }

    @Test
    void retentionPurgesTheArchiveAfterBothSpans() {
        var purged = oldActivity(456);
        var kept = oldActivity(454);
        story.as(SYSTEM).sees("select apply_retention()");
        assertEquals(
                List.of(kept),
                story.as(ADA).sees("select id from archived_activity_log where id in (?, ?)", purged, kept));
        assertEquals("0", story.as(ADA).one("select count(*) from retention_policies where last_archived_at is null"));
    }

    @Test
    void aMonthThatIsEmptyAndOverIsDroppedWhole() {
        story.asOwner()
                .sees(
                        "select make_partition('activity_log', 'created_at', 'activity_log_2020_01', '2020-01-01', '2020-02-01')");
        story.as(SYSTEM).one("select archive_old_activities(90)");
        assertEquals(
                "null",
                story.asOwner()
                        .sees("select to_regclass('activity_log_2020_01')")
                        .toString()
                        .replaceAll("[\\[\\]]", ""));
    }

    @Test
    void aNewMonthTakesItsRowsFromTheDefaultPartition() {
        var row = oldActivity(700);
        var month = story.as(ADA)
                .one("select to_char(created_at at time zone 'UTC', 'YYYY-MM-01') from activity_log where id = ?", row);
        var name = "activity_log_" + month.substring(0, 7).replace('-', '_');
        story.asOwner()
                .sees(
                        "select make_partition('activity_log', 'created_at', ?, ?::timestamptz, ?::timestamptz + interval '1 month')",
                        name,
                        month + "T00:00:00Z",
                        month + "T00:00:00Z");
        assertEquals(name, story.as(ADA).one("select tableoid::regclass from activity_log where id = ?", row));
    }

    private static final String ROW =
            "select user_id, entity_type, entity_id, action, details, created_at, request_id from %s where id = ?";

    private String lastOf(String columns) {
        return story.as(BOB)
                .one(
                        "select " + columns
                                + " from activity_log where request_id = ? order by created_at desc limit 1",
                        request);
    }

    private String oldActivity(int days) {
        return story.asSuperuser()
                .adds(
                        "insert into activity_log (user_id, entity_type, entity_id, action, details, created_at)"
                                + " values (?, 'request', ?, 'update', '{}', now() - make_interval(days => ?)) returning id",
                        BOB,
                        request,
                        days);
    }
}
