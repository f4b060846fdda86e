package io.agencyos.review;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.agencyos.testing.Someone;
import io.agencyos.testing.Story;
import io.agencyos.testing.Together;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.agencyos.testing.Someone.ADA;
import static io.agencyos.testing.Someone.BOB;
import static io.agencyos.testing.Someone.CAROL;
import static io.agencyos.testing.Someone.DANA;
import static io.agencyos.testing.Someone.DAVE;
import static io.agencyos.testing.Someone.ERIN;
import static io.agencyos.testing.Someone.LUMEN;
import static io.agencyos.testing.Someone.NORTHWIND;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Comments are carried over to another version once, whole, at the same time, and by nobody who has no business there. */
class CopyTest {

    @RegisterExtension
    static final Story story = new Story();

    private static final String COPY = "select copy_timecode_comments(?, ?)";
    private static final String OPEN_ONLY = "select copy_timecode_comments(?, ?, true)";
    private static final String DRAWING = "{\"version\": 1, \"shapes\": [{\"type\": \"arrow\", \"stroke\": \"#ff0000\","
            + " \"strokeWidth\": 0.01, \"x1\": 0, \"y1\": 0, \"x2\": 1, \"y2\": 1}]}";

    private final String request = story.request(BOB, NORTHWIND);
    private final String video = video(request);
    private final String first = version(video, 25, 1, null);
    private final String second = version(video, 25, 1, null);

    @Test
    void aThreadComesWholeAndStaysItsAuthors() {
        var root = comment(DANA, 50);
        var reply = reply(CAROL, root);
        story.as(DANA)
                .does("update timecode_comments set drawing = ?::jsonb, end_frame = 60 where id = ?", DRAWING, root);
        story.as(BOB).does("update timecode_comments set status = 'resolved' where id = ?", root);
        story.as(DAVE).one("select add_reaction(?, '👍')", root);
        story.asSuperuser()
                .does(
                        "with quiet as (select set_config('session_replication_role', 'replica', true))"
                                + " update timecode_comments set author_name = 'Former Name' from quiet where id = ?",
                        root);
        assertEquals("2", story.as(BOB).one(COPY, first, second));
        var same =
                "content, author_id, author_name, frame, end_frame, timecode_seconds, end_timecode_seconds, drawing, reactions, status,"
                        + " resolved_at, resolved_by, created_at, edited_at, is_internal, attachments";
        for (var source : List.of(root, reply))
            assertEquals(
                    story.as(BOB).one("select " + same + " from timecode_comments where id = ?", source),
                    story.as(BOB).one("select " + same + " from timecode_comments where copied_from_id = ?", source));
        assertEquals(
                copy(root) + "|" + copy(root) + "|" + second,
                story.as(BOB)
                        .one(
                                "select parent_comment_id, thread_root_id, video_version_id from timecode_comments where id = ?",
                                copy(reply)));
    }

    @Test
    void callingAgainDoublesNothingAndBringsWhatIsNew() {
        var root = comment(DANA, 50);
        assertEquals("1", story.as(BOB).one(COPY, first, second));
        assertEquals("0", story.as(BOB).one(COPY, first, second));
        var reply = reply(CAROL, root);
        assertEquals("1", story.as(BOB).one(COPY, first, second));
        assertEquals(
                copy(root),
                story.as(BOB).one("select parent_comment_id from timecode_comments where id = ?", copy(reply)));
    }

    @Test
    void overSeveralVersionsNothingComesTwice() {
        var third = version(video, 25, 1, null);
        var root = comment(DANA, 50);
        reply(CAROL, root);
        assertEquals("2", story.as(BOB).one(COPY, first, second));
        assertEquals("2", story.as(BOB).one(COPY, second, third));
        assertEquals("0", story.as(BOB).one(COPY, first, third));
        var late = reply(CAROL, root);
        assertEquals("1", story.as(BOB).one(COPY, first, third));
        assertEquals("1", story.as(BOB).one(COPY, third, second));
        assertEquals("0", story.as(BOB).one(COPY, second, first));
        assertEquals(
                copy(root),
                story.as(BOB)
                        .one(
                                "select parent_comment_id from timecode_comments where video_version_id = ? and origin_id = ?",
                                second,
                                late));
        for (var version : List.of(second, third))
            assertEquals(
                    "3|3",
                    story.as(BOB)
                            .one(
                                    "select count(*), count(distinct origin_id) from timecode_comments where video_version_id = ?",
                                    version));
    }

    @Test
    void fromSeveralVersionsAtOnceNothingComesTwice() {
        var third = version(video, 25, 1, null);
        for (var i = 0; i < 5; i++) reply(CAROL, comment(DANA, i));
        story.as(BOB).one(COPY, first, second);
        var made = Together.all(6, i -> Integer.valueOf(story.as(BOB).one(COPY, i % 2 == 0 ? first : second, third)));
        assertEquals(10, made.stream().mapToInt(Integer::intValue).sum());
        assertEquals(
                "10|10",
                story.as(BOB)
                        .one(
                                "select count(*), count(distinct origin_id) from timecode_comments where video_version_id = ?",
                                third));
    }

    @Test
    void whatGoesBackToTheSameCommentStandsOnceInAVersion() {
        var root = comment(DANA, 50);
        story.as(BOB).one(COPY, first, second);
        story.asSuperuser()
                .isRefused(
                        "23505",
                        "insert into timecode_comments (video_version_id, frame, content, author_id, origin_id)"
                                + " values (?, 50, 'x', ?, ?)",
                        second,
                        DANA,
                        root);
        story.asSuperuser()
                .isRefused(
                        "23505",
                        "insert into timecode_comments (video_version_id, frame, content, author_id, origin_id)"
                                + " values (?, 50, 'x', ?, ?)",
                        first,
                        DANA,
                        root);
    }

    @Test
    void whatWasRemovedDoesNotComeBack() {
        var third = version(video, 25, 1, null);
        var kept = comment(BOB, 1);
        var removed = comment(BOB, 2);
        story.as(BOB).one(COPY, first, second);
        story.as(BOB).does("delete from timecode_comments where id = ?", copy(removed));
        reply(CAROL, removed);
        assertEquals("0", story.as(BOB).one(COPY, first, second));
        assertEquals("3", story.as(BOB).one(COPY, first, third));
        assertEquals("0", story.as(BOB).one(COPY, third, second));
        story.as(BOB).does("delete from timecode_comments where id = ?", kept);
        assertEquals("0", story.as(BOB).one(COPY, second, first));
    }

    @Test
    void aReplyToWhatWasRemovedAnswersTheHeadOfItsThread() {
        var root = comment(BOB, 1);
        var answer = reply(CAROL, root);
        story.as(BOB).one(COPY, first, second);
        story.as(CAROL).does("delete from timecode_comments where id = ?", copy(answer));
        var late = reply(BOB, answer);
        assertEquals("1", story.as(BOB).one(COPY, first, second));
        assertEquals(
                copy(root) + "|" + copy(root),
                story.as(BOB)
                        .one(
                                "select parent_comment_id, thread_root_id from timecode_comments where id = ?",
                                copy(late)));
    }

    /** As the migration found it: every copy knew only the comment that it was made from. */
    @Test
    void whatWasCarriedOverBeforeKnowsItsOriginToo() throws IOException {
        var third = version(video, 25, 1, null);
        var root = comment(DANA, 50);
        story.as(BOB).one(COPY, first, second);
        story.as(BOB).one(COPY, second, third);
        forget("update timecode_comments set origin_id = null where video_version_id in (?, ?)", second, third);
        assertEquals("1", story.as(BOB).one(COPY, first, third));
        forget("update timecode_comments set origin_id = null where video_version_id in (?, ?)", second, third);
        var migration =
                Files.readString(Path.of("src/main/resources/db/migration/V025__review_notices_and_copies.sql"));
        story.asSuperuser()
                .does("set local session_replication_role = replica; "
                        + migration.substring(
                                migration.indexOf("with recursive"),
                                migration.indexOf(";", migration.indexOf("update timecode_comments"))));
        var origins =
                "select count(*), count(origin_id), min(origin_id::text) from timecode_comments where video_version_id = ?";
        assertEquals("1|1|" + root, story.as(BOB).one(origins, second));
        assertEquals("2|1|" + root, story.as(BOB).one(origins, third));
        assertEquals("0", story.as(BOB).one(COPY, first, third));
    }

    private static void forget(String sql, Object... values) {
        story.asSuperuser()
                .does(
                        "with quiet as (select set_config('session_replication_role', 'replica', true)) "
                                + sql.replace(" where", " from quiet where"),
                        values);
    }

    @Test
    void aVersionThatGoesLeavesNothingBehind() {
        comment(BOB, 1);
        story.as(BOB).one(COPY, first, second);
        story.asSuperuser().does("delete from video_versions where id = ?", second);
        assertEquals(
                "0",
                story.asSuperuser()
                        .one("select count(*) from removed_timecode_comments where video_version_id = ?", second));
    }

    @Test
    void aRangeComesAlongWhereNoFrameRateIsKnown() {
        var source = story.as(BOB)
                .adds(
                        "insert into video_versions (video_asset_id, uploaded_by) values (?, ?) returning id",
                        video,
                        BOB);
        var target = story.as(BOB)
                .adds(
                        "insert into video_versions (video_asset_id, uploaded_by) values (?, ?) returning id",
                        video,
                        BOB);
        var range = story.as(DANA)
                .adds(
                        "insert into timecode_comments (video_version_id, author_id, content, timecode_seconds,"
                                + " end_timecode_seconds) values (?, ?, 'x', 1.5, 2.25) returning id",
                        source,
                        DANA);
        story.as(BOB).one(COPY, source, target);
        assertEquals(
                "1.500|2.250|null|null",
                story.as(BOB)
                        .one(
                                "select timecode_seconds, end_timecode_seconds, frame, end_frame from timecode_comments"
                                        + " where id = ?",
                                copy(range)));
    }

    @Test
    void manyAtOnceDoubleNothing() {
        for (var i = 0; i < 5; i++) reply(CAROL, comment(DANA, i));
        var made = Together.all(6, i -> Integer.valueOf(story.as(BOB).one(COPY, first, second)));
        assertEquals(10, made.stream().mapToInt(Integer::intValue).sum());
    }

    @Test
    void mentionsComeAlongAndNobodyIsToldAgain() {
        var root = comment(BOB, 1);
        story.as(BOB).does("insert into comment_mentions (comment_id, mentioned_user_id) values (?, ?)", root, CAROL);
        story.as(BOB).does("insert into comment_mentions (comment_id, mentioned_user_id) values (?, ?)", root, DAVE);
        reply(CAROL, root);
        story.as(ADA).does("delete from client_members where profile_id = ?", DAVE);
        story.as(BOB).one(COPY, first, second);
        story.as(ADA).does("insert into client_members (client_id, profile_id) values (?, ?)", NORTHWIND, DAVE);
        assertEquals(
                List.of(CAROL.id()),
                story.as(BOB).sees("select mentioned_user_id from comment_mentions where comment_id = ?", copy(root)));
        assertEquals(
                List.of(),
                story.asSuperuser()
                        .sees(
                                "select n.id from comment_notifications n join timecode_comments c on c.id = n.comment_id"
                                        + " where c.video_version_id = ?",
                                second));
    }

    @Test
    void aCopyThatIsEditedTellsOfNewMentions() {
        var root = comment(BOB, 1);
        story.as(BOB).one(COPY, first, second);
        story.as(BOB)
                .does("insert into comment_mentions (comment_id, mentioned_user_id) values (?, ?)", copy(root), CAROL);
        assertEquals(
                List.of("mention"),
                story.as(CAROL)
                        .sees("select notification_type from comment_notifications where comment_id = ?", copy(root)));
    }

    @Test
    void onlyOpenThreadsWhereOnlyTheyAreWanted() {
        var open = comment(BOB, 1);
        var settledReply = reply(CAROL, open);
        story.as(CAROL).does("update timecode_comments set status = 'resolved' where id = ?", settledReply);
        var settled = comment(BOB, 2);
        reply(CAROL, settled);
        story.as(BOB).does("update timecode_comments set status = 'resolved' where id = ?", settled);
        var removed = comment(BOB, 3);
        reply(CAROL, removed);
        story.as(BOB).does("delete from timecode_comments where id = ?", removed);
        assertEquals("4", story.as(BOB).one(OPEN_ONLY, first, second));
        assertEquals(
                List.of(open, settledReply),
                story.as(BOB)
                        .sees(
                                "select copied_from_id from timecode_comments where video_version_id = ? and frame = 1"
                                        + " order by created_at",
                                second));
        assertEquals("deleted", story.as(BOB).one("select status from timecode_comments where id = ?", copy(removed)));
        assertEquals("2", story.as(BOB).one(COPY, first, second));
    }

    @ParameterizedTest
    @CsvSource({
        "25, 1, 50, 1, 10, 20",
        "50, 1, 25, 1, 11, 6", // 0.22 s is as near to frame 5 as to 6
        "50, 1, 25, 1, 10, 5",
        "24000, 1001, 24, 1, 24000, 24024",
        "24, 1, 24000, 1001, 24024, 24000",
        "24000, 1001, 60000, 1001, 1000000, 2500000",
        "30000, 1001, 25, 1, 107892, 90000",
        "25, 1, 25, 1, 240000000, 240000000"
    })
    void theFrameIsTheNearestAtTheSameTime(int num, int den, int toNum, int toDen, int frame, int there) {
        var from = version(video, num, den, null);
        var to = version(video, toNum, toDen, null);
        var source = comment(BOB, from, frame);
        story.as(BOB).one(COPY, from, to);
        assertEquals(
                there + "|" + there,
                story.as(BOB)
                        .one(
                                "select frame, round(timecode_seconds * ? / ?) from timecode_comments where id = ?",
                                toNum,
                                toDen,
                                copy(source)));
    }

    @Test
    void whatIsBehindTheEndStandsOnTheLastFrame() {
        var shorter = version(video, 25, 1, "4.000");
        var source = comment(BOB, 99);
        var behind = comment(BOB, 100);
        story.as(BOB).does("update timecode_comments set end_frame = 500 where id in (?, ?)", source, behind);
        story.as(BOB).one(COPY, first, shorter);
        for (var one : List.of(source, behind))
            assertEquals(
                    "99|99|3.960",
                    story.as(BOB)
                            .one(
                                    "select frame, end_frame, timecode_seconds from timecode_comments where id = ?",
                                    copy(one)));
    }

    @Test
    void whatIsSaidOfOneFrameIsSaidOfOneFrameInTheCopyToo() {
        var end = "select coalesce(end_frame::text, 'none'), coalesce(end_timecode_seconds::text, 'none')"
                + " from timecode_comments where id = ?";
        var source = comment(BOB, 50);
        var known = version(video, 25, 1, "10");
        assertEquals("none|none", story.as(BOB).one(end, source));
        story.as(BOB).one(COPY, first, known);
        assertEquals("none|none", story.as(BOB).one(end, copy(source)));
    }

    @Test
    void withoutARateOnEitherSideTheSecondsCount() {
        var unknown = story.as(BOB)
                .adds(
                        "insert into video_versions (video_asset_id, uploaded_by, duration_seconds) values (?, ?, 3)"
                                + " returning id",
                        video,
                        BOB);
        var source = comment(BOB, 50);
        var late = comment(BOB, 500);
        story.as(BOB).one(COPY, first, unknown);
        var place = "select frame, timecode_seconds from timecode_comments where id = ?";
        assertEquals("null|2.000", story.as(BOB).one(place, copy(source)));
        assertEquals("null|3.000", story.as(BOB).one(place, copy(late)));
        var back = story.as(BOB)
                .adds(
                        "insert into timecode_comments (video_version_id, timecode_seconds, content, author_id)"
                                + " values (?, 1.019, 'x', ?) returning id",
                        unknown,
                        BOB);
        story.as(BOB).one(COPY, unknown, second);
        assertEquals("25|1.000", story.as(BOB).one(place, copy(back)));
    }

    @Test
    void internalOnesAreCopiedByStaffOnlyAndStayInternal() {
        var dana = story.request(DANA, NORTHWIND);
        var film = video(dana);
        var from = version(film, 25, 1, null);
        var to = version(film, 25, 1, null);
        var open = comment(BOB, from, 1);
        var hidden = story.as(BOB)
                .adds(
                        "insert into timecode_comments (video_version_id, frame, content, author_id, is_internal)"
                                + " values (?, 2, 'x', ?, true) returning id",
                        from,
                        BOB);
        var below = story.as(BOB)
                .adds(
                        "insert into timecode_comments (video_version_id, content, author_id, parent_comment_id, is_internal)"
                                + " values (?, 'x', ?, ?, true) returning id",
                        from,
                        BOB,
                        open);
        assertEquals("1", story.as(DANA).one(COPY, from, to));
        assertEquals("2", story.as(ADA).one(COPY, from, to));
        for (var one : List.of(hidden, below))
            assertEquals("t", story.as(BOB).one("select is_internal from timecode_comments where id = ?", copy(one)));
        assertEquals(
                List.of(copy(open)),
                story.as(DANA).sees("select id from timecode_comments where video_version_id = ?", to));
    }

    @Test
    void whoMayNeitherChangeTheRequestNorUploadedTheVersionCopiesNothing() {
        comment(BOB, 1);
        story.as(CAROL).isRefused("42501", COPY, first, second);
        story.as(DANA).isRefused("42501", COPY, first, second);
        story.as(ERIN).isRefused("P0002", COPY, first, second);
        story.as(ERIN).whereClientsSeeAll().isRefused("42501", COPY, first, second);
        story.as(Someone.NOBODY).isRefused("P0002", COPY, first, second);
        assertEquals("1", story.as(ADA).one(COPY, first, second));
        var carols = story.as(CAROL)
                .adds(
                        "insert into video_versions (video_asset_id, uploaded_by, frame_rate) values (?, ?, 25) returning id",
                        video,
                        CAROL);
        assertEquals("1", story.as(CAROL).one(COPY, first, carols));
    }

    @Test
    void commentsGoToAnotherVersionOfTheSameVideo() {
        var elsewhere = version(video(story.request(BOB, LUMEN)), 25, 1, null);
        story.as(BOB).isRefused("23514", COPY, first, elsewhere);
        story.as(BOB).isRefused("23514", COPY, first, first);
        story.as(BOB)
                .isRefused("P0002", COPY, first, java.util.UUID.randomUUID().toString());
    }

    @Test
    void nobodyClaimsThatACommentWasCarriedOver() {
        var source = comment(BOB, 1);
        var forged = story.as(CAROL)
                .adds(
                        "insert into timecode_comments (video_version_id, frame, content, author_id, author_name, copied_from_id,"
                                + " origin_id) values (?, 1, 'x', ?, 'Ada Archer', ?, ?) returning id",
                        second,
                        CAROL,
                        source,
                        source);
        assertEquals(
                "Carol Cole|null|null",
                story.as(BOB)
                        .one(
                                "select author_name, copied_from_id, origin_id from timecode_comments where id = ?",
                                forged));
        story.as(CAROL).isRefused("42501", "update timecode_comments set origin_id = ? where id = ?", source, forged);
        story.as(CAROL)
                .isRefused("42501", "update timecode_comments set copied_from_id = ? where id = ?", source, forged);
    }

    @Test
    void aCopyOutlivesItsSource() {
        var root = comment(BOB, 1);
        story.as(BOB).one(COPY, first, second);
        var copy = copy(root);
        story.as(BOB).does("delete from timecode_comments where id = ?", root);
        assertEquals(
                "said|null",
                story.as(BOB).one("select content, copied_from_id from timecode_comments where id = ?", copy));
    }

    private static String video(String request) {
        return story.as(BOB)
                .adds(
                        "insert into video_assets (project_id, title, created_by) values (?, 'x', ?) returning id",
                        request,
                        BOB);
    }

    private static String version(String video, int num, int den, String duration) {
        return story.as(BOB)
                .adds(
                        "insert into video_versions (video_asset_id, uploaded_by, frame_rate_num, frame_rate_den,"
                                + " duration_seconds) values (?, ?, ?, ?, ?) returning id",
                        video,
                        BOB,
                        num,
                        den,
                        duration);
    }

    private String comment(Someone author, int frame) {
        return comment(author, first, frame);
    }

    private static String comment(Someone author, String version, int frame) {
        return story.as(author)
                .adds(
                        "insert into timecode_comments (video_version_id, frame, content, author_id)"
                                + " values (?, ?, 'said', ?) returning id",
                        version,
                        frame,
                        author);
    }

    private String reply(Someone author, String parent) {
        return story.as(author)
                .adds(
                        "insert into timecode_comments (video_version_id, content, author_id, parent_comment_id)"
                                + " values (?, 'reply', ?, ?) returning id",
                        first,
                        author,
                        parent);
    }

    private static String copy(String of) {
        return story.asSuperuser().one("select id from timecode_comments where copied_from_id = ?", of);
    }
}
