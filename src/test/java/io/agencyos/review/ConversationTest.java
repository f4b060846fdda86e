package io.agencyos.review;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.agencyos.testing.Await;
import io.agencyos.testing.Someone;
import io.agencyos.testing.Story;
import io.agencyos.testing.Together;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.agencyos.testing.Someone.ADA;
import static io.agencyos.testing.Someone.BOB;
import static io.agencyos.testing.Someone.CAROL;
import static io.agencyos.testing.Someone.DANA;
import static io.agencyos.testing.Someone.DAVE;
import static io.agencyos.testing.Someone.NORTHWIND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

/** What is removed leaves no word behind, what is attached belongs to the request, and a reaction is one emoji. */
class ConversationTest {

    @RegisterExtension
    static final Story story = new Story();

    private static final String DELETE = "delete from timecode_comments where id = ?";
    private static final String MENTION = "insert into comment_mentions (comment_id, mentioned_user_id) values (?, ?)";
    private static final String WAITING = "select count(*) from pg_stat_activity where datname = current_database()"
            + " and wait_event_type = 'Lock'";
    private static final String NOTICES =
            "select user_id, notification_type from comment_notifications where comment_id = ? order by 1, 2";

    private final String request = story.request(BOB, NORTHWIND);
    private final String version = version(request);

    // tombstones
    // -------------------------------------------------------------------------------------------------------

    @Test
    void aCommentWithRepliesLeavesATombstoneThatSaysNothing() {
        var root = comment(BOB, null);
        var reply = comment(CAROL, root);
        story.as(BOB).does(MENTION, root, CAROL);
        story.as(DANA).one("select add_reaction(?, '👍')", root);
        story.as(BOB)
                .does(
                        "update timecode_comments set drawing = '{\"version\": 1, \"shapes\": [{\"type\": \"text\","
                                + " \"stroke\": \"#000000\", \"text\": \"secret\", \"x\": 0, \"y\": 0, \"size\": 0.1}]}',"
                                + " status = 'resolved' where id = ?",
                        root);
        story.as(BOB).does(DELETE, root);
        assertEquals(
                "deleted||null|[]|[]|null|null|" + BOB.id(),
                story.as(BOB)
                        .one(
                                "select status, content, drawing, attachments, reactions, resolved_at, resolved_by, author_id"
                                        + " from timecode_comments where id = ?",
                                root));
        assertEquals(List.of(), story.asSuperuser().sees("select id from comment_mentions where comment_id = ?", root));
        assertEquals(List.of(), story.asSuperuser().sees(NOTICES, root));
        assertEquals("active", status(reply));
    }

    @Test
    void aCommentWithoutRepliesIsGone() {
        var root = comment(BOB, null);
        assertEquals(1, story.as(BOB).does(DELETE, root));
        assertNull(status(root));
    }

    @Test
    void theLastReplyTakesItsTombstonesAlong() {
        var root = comment(BOB, null);
        var middle = comment(CAROL, root);
        var leaf = comment(BOB, middle);
        story.as(BOB).does(DELETE, root);
        story.as(CAROL).does(DELETE, middle);
        assertEquals("deleted", status(middle));
        story.as(BOB).does(DELETE, leaf);
        assertNull(status(middle));
        assertNull(status(root));
    }

    @Test
    void twoLastRepliesThatGoAtOnceLeaveNoTombstone() {
        var root = comment(BOB, null);
        var replies = List.of(comment(BOB, root), comment(BOB, root), comment(BOB, root), comment(BOB, root));
        story.as(BOB).does(DELETE, root);
        Together.all(4, i -> story.as(BOB).does(DELETE, replies.get(i)));
        assertNull(status(root));
    }

    @Test
    void aReplyThatComesWhileItsCommentIsRemovedIsNotLost() throws Exception {
        var root = comment(BOB, null);
        try (var replying = story.as(CAROL).begins()) {
            replying.does(REPLY, version, CAROL, root);
            var removing = CompletableFuture.supplyAsync(() -> story.as(BOB).does(DELETE, root));
            Await.until(() -> story.asSuperuser().one(WAITING).equals("1"), () -> "nobody waits for the reply");
            replying.commits();
            assertEquals(0, removing.get());
        }
        assertEquals("deleted", status(root));
        assertEquals(
                2,
                story.as(BOB)
                        .sees("select id from get_video_comments(?)", version)
                        .size());
    }

    @Test
    void aThreadThatIsRemovedInOneStatementIsGone() {
        var root = comment(BOB, null);
        comment(BOB, comment(BOB, root));
        story.as(BOB).does("delete from timecode_comments where video_version_id = ?", version);
        assertNull(status(root));
    }

    @Test
    void aTombstoneFallsWithItsVersion() {
        var root = comment(BOB, null);
        comment(CAROL, root);
        story.as(BOB).does(DELETE, root);
        story.as(BOB).does("delete from video_versions where id = ?", version);
        assertNull(status(root));
    }

    @ParameterizedTest
    @ValueSource(strings = {"content = 'again'", "status = 'active'", "status = 'resolved'", "frame = 3"})
    void nobodyChangesATombstone(String change) {
        var root = tombstone();
        for (var person : List.of(BOB, ADA))
            story.as(person).isRefused("42501", "update timecode_comments set " + change + " where id = ?", root);
        story.asSuperuser().isRefused("42501", "update timecode_comments set " + change + " where id = ?", root);
    }

    @Test
    void nobodyRepliesToATombstoneReactsToItMentionsInItOrRemovesItAgain() {
        var root = tombstone();
        story.as(CAROL).isRefused("23514", REPLY, version, CAROL, root);
        story.as(CAROL).isRefused("42501", "select add_reaction(?, '👍')", root);
        story.as(BOB).isRefused("23514", MENTION, root, CAROL);
        story.as(BOB).isRefused("42501", DELETE, root);
        story.as(CAROL).changesNothing(DELETE, root);
    }

    @Test
    void nobodyMarksACommentWithoutRepliesAsRemoved() {
        var root = comment(BOB, null);
        story.as(BOB).isRefused("23514", "update timecode_comments set status = 'deleted' where id = ?", root);
    }

    @Test
    void whoMarksACommentWithRepliesAsRemovedHasEmptiedIt() {
        var root = comment(BOB, null);
        comment(CAROL, root);
        story.as(BOB).does("update timecode_comments set status = 'deleted' where id = ?", root);
        assertEquals("", story.as(BOB).one("select content from timecode_comments where id = ?", root));
    }

    @Test
    void aRateThatIsFoundLaterMovesTombstonesToo() {
        var root = tombstone();
        story.as(BOB).does("update video_versions set frame_rate_num = 50, frame_rate_den = 1 where id = ?", version);
        assertEquals("50", story.as(BOB).one("select frame from timecode_comments where id = ?", root));
    }

    @Test
    void aClientDoesNotLearnOfInternalRepliesByTheTombstone() {
        var root = comment(DANA, null);
        var hidden = internal(root);
        story.as(DANA).does(DELETE, root);
        assertEquals(List.of(), story.as(DANA).sees("select id from timecode_comments where id = ?", root));
        assertEquals(List.of(), story.as(DAVE).sees("select id from get_video_comments(?)", version));
        assertEquals("deleted", status(root));
        story.as(BOB).does(DELETE, hidden);
        assertNull(status(root));
    }

    /** Whether there was a hidden reply or not: the id of what they have removed is taken. */
    @Test
    void norByWhetherTheIdOfWhatTheyRemovedIsFreeAgain() {
        var answered = comment(DANA, null);
        internal(answered);
        var alone = comment(DANA, null);
        var says = new ArrayList<String>();
        for (var id : List.of(answered, alone)) {
            story.as(DANA).does(DELETE, id);
            var refused = story.as(DANA)
                    .isRefused(
                            "23505",
                            "insert into timecode_comments (id, video_version_id, timecode_seconds, content, author_id)"
                                    + " values (?, ?, 1, 'again', ?)",
                            id,
                            version,
                            DANA);
            says.add(refused.getMessage().lines().findFirst().orElseThrow());
        }
        assertEquals(says.get(0), says.get(1));
    }

    @Test
    void norWhenTheLastReplyTheySawIsRemovedOrHidden() {
        var first = comment(DANA, null);
        var reply = comment(DAVE, first);
        internal(first);
        story.as(DANA).does(DELETE, first);
        assertEquals(
                2,
                story.as(DAVE)
                        .sees("select id from get_video_comments(?)", version)
                        .size());
        story.as(DAVE).does(DELETE, reply);
        assertEquals(List.of(), story.as(DAVE).sees("select id from get_video_comments(?)", version));
        var second = comment(BOB, null);
        var turned = comment(BOB, second);
        story.as(BOB).does(DELETE, second);
        story.as(BOB).does("update timecode_comments set is_internal = true where id = ?", turned);
        assertEquals(List.of(), story.as(DAVE).sees("select id from get_video_comments(?)", version));
    }

    // notices
    // ----------------------------------------------------------------------------------------------------------

    @Test
    void whoIsNotMentionedAnyMoreNeedNotReadIt() {
        var root = comment(BOB, null);
        story.as(BOB).does(MENTION, root, CAROL);
        assertEquals(List.of(CAROL.id() + "|mention"), story.asSuperuser().sees(NOTICES, root));
        story.as(BOB).does("delete from comment_mentions where comment_id = ?", root);
        assertEquals(List.of(), story.asSuperuser().sees(NOTICES, root));
    }

    @Test
    void reopeningWithdrawsTheWordThatItWasSettled() {
        var root = comment(DANA, null);
        story.as(BOB).does("update timecode_comments set status = 'resolved' where id = ?", root);
        assertEquals(List.of(DANA.id() + "|resolved"), story.asSuperuser().sees(NOTICES, root));
        story.as(BOB).does("update timecode_comments set status = 'active' where id = ?", root);
        assertEquals(List.of(), story.asSuperuser().sees(NOTICES, root));
    }

    @Test
    void aNoticeOfWhatTurnsInternalIsTakenFromClientsOnly() {
        var root = comment(BOB, null);
        story.as(BOB).does(MENTION, root, CAROL);
        story.as(BOB).does(MENTION, root, DANA);
        story.as(BOB).does("update timecode_comments set is_internal = true where id = ?", root);
        assertEquals(List.of(CAROL.id() + "|mention"), story.asSuperuser().sees(NOTICES, root));
    }

    @Test
    void whoHasLostSightOfACommentHasNoNoticeOfItUntilTheySeeItAgain() {
        var root = comment(BOB, null);
        story.as(BOB).does(MENTION, root, DAVE);
        var mine = "select n.notification_type from comment_notifications n where comment_id = ?";
        assertEquals(List.of("mention"), story.as(DAVE).sees(mine, root));
        story.as(ADA).does("delete from client_members where profile_id = ?", DAVE);
        assertEquals(List.of(), story.as(DAVE).sees(mine, root));
        story.as(ADA).does("insert into client_members (client_id, profile_id) values (?, ?)", NORTHWIND, DAVE);
        assertEquals(List.of("mention"), story.as(DAVE).sees(mine, root));
    }

    @Test
    void aClientDoesNotSeeWhomAnInternalCommentMentions() {
        var hidden = internal(comment(BOB, null));
        story.as(BOB).does(MENTION, hidden, CAROL);
        var seen = "select mentioned_user_id from comment_mentions where comment_id = ?";
        assertEquals(List.of(CAROL.id()), story.as(BOB).sees(seen, hidden));
        assertEquals(List.of(), story.as(DANA).sees(seen, hidden));
        assertEquals(List.of(), story.as(DANA).whereClientsSeeAll().sees(seen, hidden));
    }

    @Test
    void onlyTheAuthorMentions() {
        var root = comment(BOB, null);
        story.as(CAROL).isRefused("42501", MENTION, root, DANA);
        story.as(DANA).isRefused("23514", MENTION, internal(root), DANA);
    }

    // reactions and files
    // ----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {
                "👍",
                "👍🏽",
                "❤️",
                "❤",
                "🇫🇷",
                "1️⃣",
                "👩‍💻",
                "👨‍👩‍👧‍👦",
                "🏳️‍🌈",
                "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
                "✅",
                "🫠",
                "❤️‍🔥"
            })
    void aReactionIsOneEmoji(String emoji) {
        assertEquals("t", story.as(DANA).one("select add_reaction(?, ?)", comment(BOB, null), emoji));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "7",
                "ok",
                "👍👍",
                "👍x",
                "x👍",
                "<b>",
                "🇫",
                "🇫🇷🇩🇪",
                "\u200D",
                "👍\u200D",
                "\uFE0F",
                "é",
                "👍\n"
            })
    void nothingElseIs(String other) {
        story.as(DANA).isRefused("23514", "select add_reaction(?, ?)", comment(BOB, null), other);
    }

    @Test
    void oneDoesNotReactWithoutEnd() {
        var root = comment(BOB, null);
        for (var i = 0; i < 20; i++)
            story.as(DANA).one("select add_reaction(?, ?)", root, Character.toString(0x1F600 + i));
        story.as(DANA).isRefused("23514", "select add_reaction(?, '👍')", root);
        assertEquals("t", story.as(DAVE).one("select add_reaction(?, '👍')", root));
    }

    @Test
    void whatIsAttachedIsAnAssetOfTheRequest() {
        var root = comment(BOB, null);
        var here = asset(request);
        var elsewhere = asset(story.request(BOB, NORTHWIND));
        var attach = "update timecode_comments set attachments = ?::jsonb where id = ?";
        assertEquals(1, story.as(BOB).does(attach, "[{\"asset_id\": \"" + here + "\"}]", root));
        for (var wrong : List.of(
                "[{\"asset_id\": \"" + elsewhere + "\"}]",
                "[{\"asset_id\": \"" + here + "\", \"url\": \"javascript:alert(1)\"}]",
                "[{\"asset_id\": \"nonsense\"}]",
                "[{\"url\": \"https://elsewhere.example\"}]",
                "[\"x\"]",
                "[null]")) story.as(BOB).isRefused("23514", attach, wrong, root);
    }

    @Test
    void whatAnOldDumpAttachedMayStay() {
        var root = comment(BOB, null);
        var old = "{\"name\": \"brief.pdf\", \"url\": \"https://old.example/brief.pdf\"}";
        story.asSuperuser()
                .does(
                        "with quiet as (select set_config('session_replication_role', 'replica', true))"
                                + " update timecode_comments set attachments = ?::jsonb from quiet where id = ?",
                        "[" + old + "]",
                        root);
        var both = "[" + old + ", {\"asset_id\": \"" + asset(request) + "\"}]";
        assertEquals(
                1, story.as(BOB).does("update timecode_comments set attachments = ?::jsonb where id = ?", both, root));
    }

    private static final String REPLY =
            "insert into timecode_comments (video_version_id, content, author_id, parent_comment_id)"
                    + " values (?, 'x', ?, ?)";

    private String tombstone() {
        var root = comment(BOB, null);
        comment(CAROL, root);
        story.as(BOB).does(DELETE, root);
        return root;
    }

    private static String version(String request) {
        var video = story.as(BOB)
                .adds(
                        "insert into video_assets (project_id, title, created_by) values (?, 'x', ?) returning id",
                        request,
                        BOB);
        return story.as(BOB)
                .adds(
                        "insert into video_versions (video_asset_id, uploaded_by, frame_rate) values (?, ?, 25) returning id",
                        video,
                        BOB);
    }

    private static String asset(String request) {
        return story.as(BOB)
                .adds(
                        "insert into assets (request_id, name, created_by) values (?, 'x', ?) returning id",
                        request,
                        BOB.id());
    }

    private String comment(Someone author, String parent) {
        return story.as(author)
                .adds(
                        "insert into timecode_comments (video_version_id, timecode_seconds, content, author_id,"
                                + " parent_comment_id) values (?, 1, 'said', ?, ?) returning id",
                        version,
                        author,
                        parent);
    }

    private String internal(String parent) {
        return story.as(BOB)
                .adds(
                        "insert into timecode_comments (video_version_id, content, author_id, parent_comment_id, is_internal)"
                                + " values (?, 'hidden', ?, ?, true) returning id",
                        version,
                        BOB,
                        parent);
    }

    private static String status(String id) {
        return story.asSuperuser().one("select status from timecode_comments where id = ?", id);
    }
}
