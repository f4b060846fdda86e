package io.agencyos.graphql;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Person;
import io.agencyos.testing.Psql;
import io.agencyos.testing.StatementLog;
import io.agencyos.testing.TestDatabase;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A list below a list is one statement for all its parents, in every room. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class OneStatementTest {

    private static final String FILM =
            "query($client: ID!) { client(id: $client) { requests(first: 3) { nodes { videoAssets(first: 3) {"
                    + " totalCount nodes { currentVersion { versionNumber } versions(first: 3) { totalCount nodes { timecodeComments("
                    + "first: 3, rootsOnly: true) { totalCount nodes { content author { firstName } resolvedBy { firstName }"
                    + " replies(first: 1) { totalCount nodes { content author { firstName } } } } } } } } } } } } }";
    private static final String REVIEW =
            "query($request: ID!) { request(id: $request) { videoAssets(first: 3) { nodes { reviewers(first: 3) { totalCount nodes { required"
                    + " profile { firstName } addedBy { firstName } } } versions(first: 3) { nodes { approvalState myPosition"
                    + " approvals(first: 3) { totalCount nodes { decision profile { firstName } } } playbackSessions(first: 3) { totalCount"
                    + " nodes { completed user { firstName } } } timecodeComments(first: 3) { nodes { mentions(first: 3) { totalCount nodes {"
                    + " mentionedUser { firstName } } } attachedAssets(first: 3) { totalCount nodes { name } } } } } } } } } }";
    /** The example of the contract. */
    private static final String ROOM =
            "query($id: ID!) { videoVersion(id: $id) { id versionNumber frameRate fileUrl timecodeComments("
                    + "first: 20, rootsOnly: true) { nodes { id timecodeSeconds frame timecode content"
                    + " author { firstName lastName avatarUrl } replies(first: 10) { nodes { id content author { firstName } } } } } } }";

    private static final String TASKS =
            "query($client: ID!) { client(id: $client) { requests(first: 3) { nodes { tasks("
                    + "first: 3, filter: {parentTaskId: {isNull: true}}) { totalCount nodes { title assignedTo { firstName }"
                    + " subtasks(first: 3) { totalCount nodes { title parentTask { title } } } } } } } } }";
    private static final String SLACK = "{ slackMessages { totalCount nodes { text mentions { totalCount nodes { isRead"
            + " message { text } } } } } }";
    private static final String NOTICES =
            "{ notifications { totalCount nodes { comment { content } user { firstName } } } }";

    private static final String EVENT = "subscription($id: ID!) { timecodeCommentChanged(videoVersionId: $id) {"
            + " operation node { content author { firstName } } } }";

    private final Person bob = Work.user();

    @ParameterizedTest
    @CsvSource({"video_assets, 1, 1", "video_versions, 1, 1", "timecode_comments, 2, 2"})
    void inFilms(String table, long reading, long counting) {
        var client = Work.client();
        for (var i = 0; i < 3; i++) film(Work.request(bob, "clientId", client));
        assertEquals(List.of(reading, counting), statements(table, FILM, Map.of("client", client)));
    }

    @ParameterizedTest
    @CsvSource({
        "video_reviewers, 1, 1",
        "version_approvals, 1, 1",
        "approval_states\\(, 1, 0",
        "comment_mentions, 1, 1",
        "assets, 1, 1",
        "video_playback_sessions, 2, 1",
        "profiles, 2, 0" // of mentions and sessions; those of rows with a version are joined
    })
    void inTheReviewRoom(String table, long reading, long counting) {
        var request = Work.request(bob);
        for (var i = 0; i < 2; i++) reviewed(request);
        assertEquals(List.of(reading, counting), statements(table, REVIEW, Map.of("request", request)));
    }

    @ParameterizedTest
    @CsvSource({
        "video_versions, 2", // the film, and for the timecodes of its comments
        "timecode_comments, 2",
        "profiles, 0",
        "video_assets, 0"
    })
    void inTheExampleOfTheReviewRoom(String table, long reading) {
        assertEquals(List.of(reading, 0L), statements(table, ROOM, Map.of("id", threads())));
    }

    /** A version on whose frames two threads hang. */
    private String threads() {
        var version = Work.version(Work.video(Work.request(bob)), "frame_rate", 25);
        for (var i = 0; i < 2; i++) {
            var head = Work.timecodeComment(bob, version);
            for (var j = 0; j < 2; j++) Work.timecodeComment(bob, version, "parentCommentId", head);
        }
        return version;
    }

    @Test
    void theListsOfOneParentKeepTheirPlan() throws SQLException {
        var id = threads();
        bob.get(ROOM, Map.of("id", id));
        var log = StatementLog.during(() -> bob.get(ROOM, Map.of("id", id)), bob.id());
        var lists = of(log.get(0), "timecode_comments").toList();
        assertEquals(2, lists.size(), log::toString);
        for (var list : lists) assertEquals(3, keptPlans(list, id), list);
    }

    /** In how many of eight runs the plan was not made anew; the first five of each statement always are. */
    private static int keptPlans(String statement, String parent) throws SQLException {
        try (var connection = TestDatabase.connect("postgres", AgencyResource.DATABASE);
                var plans = connection.createStatement()) {
            plans.execute("prepare list as " + statement);
            for (var i = 0; i < 8; i++) plans.execute("execute list('{" + parent + "}')");
            var kept = plans.executeQuery("select generic_plans from pg_prepared_statements where name = 'list'");
            kept.next();
            return kept.getInt(1);
        }
    }

    private void reviewed(String request) {
        var video = Work.video(request);
        var asset = Work.row("assets", "request_id", request, "name", "Poster");
        Work.row("video_reviewers", "video_asset_id", video, "profile_id", bob.id());
        for (var i = 0; i < 2; i++) {
            var version = Work.version(video);
            Work.row("version_approvals", "video_version_id", version, "profile_id", bob.id(), "decision", "approved");
            Work.row("video_playback_sessions", "video_version_id", version, "user_id", bob.id());
            for (var j = 0; j < 2; j++)
                Work.timecodeComment(
                        bob, version, "mentionIds", List.of(bob.id().toString()), "attachmentIds", List.of(asset));
        }
    }

    private void film(String request) {
        for (var i = 0; i < 2; i++) {
            var video = Work.video(request);
            Work.version(video);
            var version = Work.version(video);
            var head = Work.timecodeComment(bob, version);
            Work.timecodeComment(bob, version);
            Work.timecodeComment(bob, version, "parentCommentId", head);
        }
    }

    @Test
    void inTasks() {
        var client = Work.client();
        for (var i = 0; i < 3; i++) {
            var request = Work.request(bob, "clientId", client);
            Work.task(request, "parent_task_id", Work.task(request));
            Work.task(request, "parent_task_id", Work.task(request, "assigned_to", bob.id()));
        }
        assertEquals(List.of(2L, 2L), statements("project_tasks", TASKS, Map.of("client", client)));
    }

    @Test
    void inSlack() {
        var slackId = Work.name("U");
        Psql.column("update profiles set slack_id = ? where id = ? returning id", slackId, bob.id());
        for (var i = 0; i < 3; i++) {
            var message = Work.row("slack_messages", "id", Work.name("C:"), "channel_id", Work.name("C"));
            Work.row("user_mentions", "message_id", message, "user_slack_id", slackId);
        }
        assertEquals(List.of(1L, 1L), statements("slack_messages", SLACK, Map.of()));
        assertEquals(List.of(1L, 1L), statements("user_mentions", SLACK, Map.of()));
    }

    @Test
    void inNotices() {
        var version = Work.version(Work.video(Work.request(bob)));
        var head = Work.timecodeComment(bob, version);
        for (var i = 0; i < 3; i++) Work.timecodeComment(Work.user(), version, "parentCommentId", head);
        assertEquals(List.of(1L, 1L), statements("comment_notifications", NOTICES, Map.of()));
        assertEquals(List.of(0L, 0L), statements("timecode_comments", NOTICES, Map.of()));
    }

    @Test
    void inAnEvent() {
        var version = Work.version(Work.video(Work.request(bob)));
        try (var socket = LiveClient.of(bob)) {
            var changes = socket.subscribe(EVENT, Map.of("id", version));
            changes.live();
            var author = Work.user();
            var transactions = StatementLog.during(
                    () -> {
                        Work.timecodeComment(author, version, "content", "Softer");
                        assertEquals(
                                "Softer", changes.change().getJsonObject("node").getString("content"));
                    },
                    bob.id());
            assertEquals(1, transactions.size(), transactions::toString);
            var reads = transactions.get(0).stream()
                    .filter(s -> s.contains(" from "))
                    .toList();
            assertEquals(3, reads.size(), reads::toString);
            // the second does not wait for what the first one finds, and so costs no way to PostgreSQL and back
            assertTrue(reads.get(0).contains("from change_log"), reads::toString);
            assertTrue(reads.get(1).contains("from change_log"), reads::toString);
            assertEquals(1, of(reads, "timecode_comments").count(), reads::toString);
            assertTrue(reads.get(2).contains("from profiles as target"), reads::toString);
        }
    }

    /** How many statements read a table in its own right, and how many count it; other tables may be joined to it. */
    private List<Long> statements(String table, String query, Map<String, Object> variables) {
        bob.get(query, variables);
        var transactions = StatementLog.during(() -> bob.get(query, variables), bob.id());
        assertEquals(1, transactions.size(), transactions::toString);
        var counting = of(transactions.get(0), table)
                .filter(s -> s.contains("count(*)"))
                .count();
        return List.of(of(transactions.get(0), table).count() - counting, counting);
    }

    private static Stream<String> of(List<String> statements, String table) {
        // what is read together with a row is a target of a join
        return statements.stream().filter(s -> s.matches("(?s).* from " + table + "(?! as target).*"));
    }
}
