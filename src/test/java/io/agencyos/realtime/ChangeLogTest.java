package io.agencyos.realtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.agencyos.testing.Await;
import io.agencyos.testing.Someone;
import io.agencyos.testing.Story;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.agencyos.testing.Someone.ADA;
import static io.agencyos.testing.Someone.BOB;
import static io.agencyos.testing.Someone.CAROL;
import static io.agencyos.testing.Someone.DANA;
import static io.agencyos.testing.Someone.ERIN;
import static io.agencyos.testing.Someone.FINN;
import static io.agencyos.testing.Someone.LUMEN;
import static io.agencyos.testing.Someone.NOBODY;
import static io.agencyos.testing.Someone.NORTHWIND;
import static io.agencyos.testing.Someone.SYSTEM;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** The change log tells everybody what happened to what they may see, and nobody anything else. */
class ChangeLogTest {

    @RegisterExtension
    static final Story story = new Story();

    private final String request = story.request(BOB, NORTHWIND);

    @Test
    void staffAndTheClientHearOfARequestAndOthersDoNot() {
        for (var who : List.of(BOB, CAROL, ADA, DANA, SYSTEM)) assertEquals(List.of("INSERT"), heard(who, request));
        for (var who : List.of(ERIN, FINN, NOBODY)) assertEquals(List.of(), heard(who, request));
    }

    @Test
    void theAgencysOwnRequestsAreHeardByStaffOnly() {
        var own = story.request(BOB, null);
        assertEquals(List.of("INSERT"), heard(CAROL, own));
        assertEquals(List.of(), heard(DANA, own));
    }

    @Test
    void aChangeNamesItsFieldsAndItsAuthor() {
        story.as(BOB).does("update requests set title = 'y', priority = 'low' where id = ?", request);
        assertEquals(
                List.of("{priority,title}|" + BOB.id()),
                story.as(DANA)
                        .sees(
                                "select changed_fields, actor_id from change_log where row_id = ? and op = 'UPDATE'",
                                request));
    }

    @Test
    void aChangeOfNothingIsNotHeard() {
        story.as(BOB).does("update requests set title = title where id = ?", request);
        assertEquals(List.of("INSERT"), heard(BOB, request));
    }

    @Test
    void aChangeThatWasUndoneIsNotHeard() throws Exception {
        try (var bob = story.as(BOB).begins()) {
            bob.does("update requests set title = 'y' where id = ?", request);
        }
        assertEquals(List.of("INSERT"), heard(BOB, request));
    }

    @Test
    void aChangeByPsqlIsHeardToo() {
        story.asOwner().does("update requests set title = 'y' where id = ?", request);
        assertEquals(List.of("INSERT", "UPDATE"), heard(DANA, request));
    }

    @Test
    void aMovedRequestIsHeardByTheClientWhoLosesItAndTheOneWhoGetsIt() {
        story.as(BOB).does("update requests set client_id = ? where id = ?", LUMEN, request);
        story.as(BOB).does("update requests set title = 'afterwards' where id = ?", request);
        assertEquals(List.of("INSERT", "UPDATE"), heard(DANA, request));
        assertEquals(List.of("UPDATE", "UPDATE"), heard(ERIN, request));
    }

    @Test
    void anInternalCommentIsHeardByStaffOnly() {
        var comment = comment(true);
        story.as(BOB).does("update comments set content = 'y' where id = ?", comment);
        story.as(BOB).does("delete from comments where id = ?", comment);
        assertEquals(List.of("INSERT", "UPDATE", "DELETE"), heard(CAROL, comment));
        assertEquals(List.of(), heard(DANA, comment));
        assertEquals(
                List.of(),
                story.as(DANA).whereClientsSeeAll().sees("select op from change_log where row_id = ?", comment));
    }

    @Test
    void aCommentThatTurnsInternalIsHeardOnceMoreAndThenNoLonger() {
        var comment = comment(false);
        story.as(BOB).does("update comments set is_internal = true where id = ?", comment);
        story.as(BOB).does("update comments set content = 'y' where id = ?", comment);
        assertEquals(List.of("INSERT", "UPDATE"), heard(DANA, comment));
    }

    @Test
    void anInternalCommentThatOpensIsHeardFromThenOn() {
        var comment = comment(true);
        story.as(BOB).does("update comments set is_internal = false where id = ?", comment);
        assertEquals(List.of("UPDATE"), heard(DANA, comment));
    }

    @Test
    void aCommentThatIsMovedAndOpenedAtOnceIsHeardByWhomItCameToOnly() {
        var comment = comment(true);
        var remark = remark(version(video()), true);
        story.asOwner()
                .does(
                        "update comments set request_id = ?, is_internal = false where id = ?",
                        story.request(BOB, LUMEN),
                        comment);
        story.asOwner()
                .does(
                        "update timecode_comments set video_version_id = ?, is_internal = false where id = ?",
                        lumensVersion(),
                        remark);
        for (var row : List.of(comment, remark)) {
            assertEquals(List.of(), heard(DANA, row));
            assertEquals(List.of("UPDATE"), heard(ERIN, row));
            assertEquals(List.of("INSERT", "UPDATE"), heard(CAROL, row));
        }
    }

    @Test
    void aCommentThatIsMovedAndHiddenAtOnceIsHeardByWhomItLeftOnly() {
        var comment = comment(false);
        var remark = remark(version(video()), false);
        story.asOwner()
                .does(
                        "update comments set request_id = ?, is_internal = true where id = ?",
                        story.request(BOB, LUMEN),
                        comment);
        story.asOwner()
                .does(
                        "update timecode_comments set video_version_id = ?, is_internal = true where id = ?",
                        lumensVersion(),
                        remark);
        for (var row : List.of(comment, remark)) {
            assertEquals(List.of("INSERT", "UPDATE"), heard(DANA, row));
            assertEquals(List.of(), heard(ERIN, row));
        }
    }

    private String lumensVersion() {
        return version(story.as(BOB)
                .adds(
                        "insert into video_assets (project_id, title, created_by) values (?, 'v', ?) returning id",
                        story.request(BOB, LUMEN),
                        BOB));
    }

    @Test
    void aCopyDoesNotTellAClientThatTheCommentItWasMadeOfIsGoneWhenThatWasHidden() {
        var video = video();
        var first = version(video);
        var second = version(video);
        var hidden = remark(first, true);
        var turned = remark(first, false);
        var open = remark(first, false);
        story.as(BOB).sees("select copy_timecode_comments(?, ?)", first, second);
        var copyOf = "select id from timecode_comments where copied_from_id = ?";
        var copies = List.of(hidden, turned, open).stream()
                .map(each -> story.as(BOB).one(copyOf, each))
                .toList();
        story.asOwner().does("update timecode_comments set is_internal = false where id = ?", copies.get(0));
        story.as(BOB).does("update timecode_comments set is_internal = true where id = ?", turned);
        var before = heard(DANA, copies.get(0));
        var version = version(copies);
        story.as(BOB).does("delete from timecode_comments where id in (?, ?, ?)", hidden, turned, open);
        assertEquals(before, heard(DANA, copies.get(0)));
        assertEquals(List.of("INSERT"), heard(DANA, copies.get(1)));
        assertEquals(List.of("INSERT", "UPDATE"), heard(DANA, copies.get(2)));
        assertEquals(List.of("INSERT", "UPDATE"), heard(CAROL, copies.get(1)));
        // else their own edit of the copy would be refused, and they would know why
        assertEquals(version, version(copies));
    }

    private static List<String> version(List<String> remarks) {
        return remarks.stream()
                .map(each -> story.asSuperuser().one("select version from timecode_comments where id = ?", each))
                .toList();
    }

    @Test
    void whatWasRemovedWithItsVideoIsNotHeardOfAgainWhenTheVideoIsReallyDeleted() {
        var video = video();
        var version = version(video);
        var remark = remark(version, false);
        story.as(BOB).does("update video_assets set deleted_at = now() where id = ?", video);
        var before = List.of(heard(DANA, video), heard(DANA, version), heard(DANA, remark));
        assertEquals(List.of("INSERT", "UPDATE"), ends(before.get(0)));
        story.as(BOB).does("update video_assets set title = 'y' where id = ?", video);
        story.as(BOB).does("delete from video_assets where id = ?", video);
        assertEquals(before, List.of(heard(DANA, video), heard(DANA, version), heard(DANA, remark)));
        assertEquals(List.of("INSERT", "DELETE"), ends(heard(CAROL, remark)));
    }

    @Test
    void ofAVideoWithoutARequestStaffHearOnlyAlsoWhereClientsSeeAll() {
        var video = video();
        story.as(ADA).does("update video_assets set project_id = null where id = ?", video);
        var heard = "select op from change_log where row_id = ? order by seq";
        var before = story.as(ERIN).whereClientsSeeAll().sees(heard, video);
        var version = story.as(ADA)
                .adds(
                        "insert into video_versions (video_asset_id, uploaded_by) values (?, ?) returning id",
                        video,
                        ADA);
        story.as(ADA).does("update video_assets set title = 'y' where id = ?", video);
        assertEquals("UPDATE", before.get(before.size() - 1));
        assertEquals(before, story.as(ERIN).whereClientsSeeAll().sees(heard, video));
        assertEquals(List.of(), story.as(ERIN).whereClientsSeeAll().sees(heard, version));
    }

    @Test
    void whatFallsWithItsRequestIsHeardByItsClientOnly() {
        var comment = comment(false);
        var internal = comment(true);
        var video = video();
        var version = version(video);
        var remark = remark(version, false);
        story.as(BOB).does("delete from requests where id = ?", request);
        for (var row : List.of(request, comment, video, version, remark)) {
            assertEquals(List.of("INSERT", "DELETE"), ends(heard(DANA, row)), row);
            assertEquals(List.of(), heard(ERIN, row), row);
            assertEquals(clientOf(row, "INSERT"), clientOf(row, "DELETE"), row);
        }
        assertEquals(List.of(), heard(DANA, internal));
    }

    @Test
    void whatFallsWithItsVideoIsHeardByItsClientOnly() {
        var video = video();
        var version = version(video);
        var remark = remark(version, false);
        var internal = remark(version, true);
        story.as(BOB).does("delete from video_assets where id = ?", video);
        for (var row : List.of(video, version, remark)) {
            assertEquals(List.of("INSERT", "DELETE"), ends(heard(DANA, row)), row);
            assertEquals(NORTHWIND, clientOf(row, "DELETE"));
        }
        assertEquals(List.of(), heard(DANA, internal));
        assertEquals(List.of("INSERT", "DELETE"), heard(CAROL, internal));
    }

    @Test
    void aMentionAndItsMessageAreHeardByThePersonOnly() {
        var message =
                story.as(SYSTEM).adds("insert into slack_messages (channel_id, ts) values ('C', '1.1') returning id");
        var mention = story.as(SYSTEM)
                .adds("insert into user_mentions (message_id, user_slack_id) values (?, 'UBOB') returning id", message);
        assertEquals(List.of("INSERT"), heard(BOB, message));
        assertEquals(List.of("INSERT"), heard(BOB, mention));
        for (var who : List.of(CAROL, DANA)) {
            assertEquals(List.of(), heard(who, message));
            assertEquals(List.of(), heard(who, mention));
        }
    }

    @Test
    void aNoticeIsHeardByThePersonOnly() {
        var remark = remark(version(video()), false);
        story.as(CAROL)
                .does(
                        "insert into timecode_comments (video_version_id, content, author_id, parent_comment_id)"
                                + " select video_version_id, 'x', ?, id from timecode_comments where id = ?",
                        CAROL,
                        remark);
        var notice = story.as(BOB).one("select id from comment_notifications where comment_id <> ?", remark);
        assertEquals(List.of("INSERT"), heard(BOB, notice));
        assertEquals(List.of(), heard(CAROL, notice));
        assertEquals(List.of(), heard(DANA, notice));
    }

    /** As the migration found it: notices were logged without whose work they tell of. */
    @Test
    void whoComesBackFromBeforeNoticesHadAClientHasToReadAnew() throws IOException {
        var end =
                "select xid, seq from change_log where table_name = 'comment_notifications' order by xid desc, seq desc limit 1";
        story.asSuperuser()
                .does(
                        "insert into comment_notifications (user_id, comment_id, notification_type) values (?, ?, 'reply')",
                        DANA,
                        remark(version(video()), false));
        var migration = Files.readString(Path.of("src/main/resources/db/migration/V027__live_rights.sql"));
        story.asOwner().does(migration.substring(migration.indexOf("insert into change_log_trimmed")));
        assertEquals(story.asSuperuser().one(end), story.as(DANA).one("select xid, seq from change_log_trimmed"));
    }

    @Test
    void whoCommitsLaterIsNotMissedByAReaderWhoKeepsToTheHorizon() throws Exception {
        var seen = "select row_id from change_log where op = 'UPDATE' and row_id in (?, ?)"
                + " and xid < pg_snapshot_xmin(pg_current_snapshot()) order by xid, seq";
        var other = story.request(BOB, NORTHWIND);
        try (var slow = story.as(BOB).begins()) {
            slow.does("update requests set title = 'slow' where id = ?", request);
            story.as(BOB).does("update requests set title = 'quick' where id = ?", other);
            assertEquals(List.of(), story.as(CAROL).sees(seen, request, other));
            slow.commits();
        }
        assertEquals(List.of(request, other), story.as(CAROL).sees(seen, request, other));
    }

    @Test
    void whatIsWrittenWhileItsRequestMovesIsToldToWhomItMovesTo() throws Exception {
        var version = version(video());
        for (var insert : List.of(
                "insert into comments (request_id, user_id, content) values ('" + request + "', '" + ADA.id()
                        + "', 'x') returning id",
                "insert into timecode_comments (video_version_id, timecode_seconds, content) values ('" + version
                        + "', 1, 'x') returning id")) {
            String row;
            try (var move = story.as(ADA).begins()) {
                move.does("update requests set client_id = ? where id = ?", LUMEN, request);
                var written = CompletableFuture.supplyAsync(() -> story.as(ADA).adds(insert));
                Await.until(() -> written.isDone() || !waiting().isEmpty(), ChangeLogTest::waiting);
                move.commits();
                row = written.get();
            }
            assertEquals(LUMEN, clientOf(row, "INSERT"));
            story.as(ADA).does("update requests set client_id = ? where id = ?", NORTHWIND, request);
        }
    }

    @Test
    void aRequestMovesWhenWhatIsBeingWrittenOnItIsDone() throws Exception {
        var version = version(video());
        try (var write = story.as(ADA).begins()) {
            write.does(
                    "insert into timecode_comments (video_version_id, timecode_seconds, content) values (?, 1, 'x')",
                    version);
            var moved = CompletableFuture.runAsync(
                    () -> story.as(ADA).does("update requests set client_id = ? where id = ?", LUMEN, request));
            Await.until(() -> !waiting().isEmpty(), ChangeLogTest::waiting);
            write.commits();
            moved.get();
        }
        story.as(ADA).does("update requests set client_id = ? where id = ?", NORTHWIND, request);
    }

    private static List<String> waiting() {
        return story.asSuperuser()
                .sees(
                        "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
    }

    @Test
    void oldDaysAreDroppedHoweverTheDatabaseLooksThemUp() throws Exception {
        try (var transaction = story.as(SYSTEM).begins()) {
            transaction.does("set local enable_nestloop = off");
            transaction.does("select drop_old_changes(3)");
            transaction.commits();
        }
    }

    @Test
    void oldDaysAreDroppedAndYoungOnesStay() {
        story.asOwner()
                .sees("select make_partition('change_log', 'at', 'change_log_2020_01_01', '2020-01-01', '2020-01-02')");
        story.as(SYSTEM).one("select drop_old_changes(3)");
        assertEquals("t", story.asOwner().one("select to_regclass('change_log_2020_01_01') is null"));
        assertEquals(List.of("INSERT"), heard(DANA, request));
    }

    private static List<String> heard(Someone who, String row) {
        return story.as(who).sees("select op from change_log where row_id = ? order by seq", row);
    }

    /** Without what happened in between. */
    private static List<String> ends(List<String> verbs) {
        return verbs.size() < 2 ? verbs : List.of(verbs.get(0), verbs.get(verbs.size() - 1));
    }

    private static String clientOf(String row, String op) {
        return story.as(ADA).one("select client_id from change_log where row_id = ? and op = ?", row, op);
    }

    private String comment(boolean internal) {
        return story.as(BOB)
                .adds(
                        "insert into comments (request_id, user_id, content, is_internal) values (?, ?, 'x', ?) returning id",
                        request,
                        BOB,
                        internal);
    }

    private String video() {
        return story.as(BOB)
                .adds(
                        "insert into video_assets (project_id, title, created_by) values (?, 'v', ?) returning id",
                        request,
                        BOB);
    }

    private String version(String video) {
        return story.as(BOB)
                .adds(
                        "insert into video_versions (video_asset_id, uploaded_by) values (?, ?) returning id",
                        video,
                        BOB);
    }

    private String remark(String version, boolean internal) {
        return story.as(BOB)
                .adds(
                        "insert into timecode_comments (video_version_id, timecode_seconds, content, author_id, is_internal)"
                                + " values (?, 1, 'x', ?, ?) returning id",
                        version,
                        BOB,
                        internal);
    }
}
