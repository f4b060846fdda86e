package io.agencyos.review;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

import io.agencyos.testing.Someone;
import io.agencyos.testing.Story;
import io.agencyos.testing.Together;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.agencyos.testing.Someone.ADA;
import static io.agencyos.testing.Someone.BOB;
import static io.agencyos.testing.Someone.CAROL;
import static io.agencyos.testing.Someone.DANA;
import static io.agencyos.testing.Someone.DAVE;
import static io.agencyos.testing.Someone.ERIN;
import static io.agencyos.testing.Someone.FINN;
import static io.agencyos.testing.Someone.NOBODY;
import static io.agencyos.testing.Someone.NORTHWIND;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** A comment stands on a frame, its answers follow it, and those concerned hear of it once. */
class TimecodeCommentTest {

    @RegisterExtension
    static final Story story = new Story();

    private final String request = story.request(BOB, NORTHWIND);
    private final String video = story.as(BOB)
            .adds(
                    "insert into video_assets (project_id, title, created_by) values (?, 'Spot', ?) returning id",
                    request,
                    BOB);
    private final String version = version(25, 1);

    // frames and seconds
    // -----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "24000, 1001, 0, 0.000",
        "24000, 1001, 1, 0.042",
        "24000, 1001, 2877, 119.995",
        "24000, 1001, 172800, 7207.200",
        "25, 1, 1, 0.040",
        "25, 1, 180000, 7200.000",
        "30000, 1001, 107892, 3599.996",
        "60000, 1001, 215784, 3599.996"
    })
    void theFrameDecidesTheSeconds(int num, int den, int frame, String seconds) {
        var comment = story.as(BOB)
                .adds(
                        "insert into timecode_comments (video_version_id, frame, content, author_id)"
                                + " values (?, ?, 'x', ?) returning id",
                        version(num, den),
                        frame,
                        BOB);
        assertEquals(frame + "|" + seconds, place(comment));
    }

    @ParameterizedTest
    @CsvSource({
        "24000, 1001, 12.345, 296, 12.346",
        "24000, 1001, 120.000, 2877, 119.995",
        "24000, 1001, 0.020, 0, 0.000",
        "25, 1, 12.345, 309, 12.360",
        "25, 1, 0.019, 0, 0.000",
        "25, 1, 0.021, 1, 0.040"
    })
    void secondsMeanTheNearestFrame(int num, int den, String given, int frame, String seconds) {
        assertEquals(frame + "|" + seconds, place(comment(BOB, version(num, den), given)));
    }

    @Test
    void withoutARateSecondsStayAsGiven() {
        var unprobed = story.as(BOB)
                .adds(
                        "insert into video_versions (video_asset_id, uploaded_by) values (?, ?) returning id",
                        video,
                        BOB);
        assertEquals("null|12.345", place(comment(BOB, unprobed, "12.345")));
    }

    @Test
    void aRateFoundAfterTheUploadGivesTheirFramesToEarlierComments() {
        var unprobed = story.as(BOB)
                .adds(
                        "insert into video_versions (video_asset_id, uploaded_by) values (?, ?) returning id",
                        video,
                        BOB);
        var comment = comment(BOB, unprobed, "12.345");
        story.as(BOB).does("update video_versions set frame_rate_num = 25, frame_rate_den = 1 where id = ?", unprobed);
        assertEquals("309|12.360", place(comment));
    }

    @Test
    void aRateThatWasWrongMovesRangesAsAWhole() {
        var comment = comment(BOB, version, "4");
        story.as(BOB).does("update timecode_comments set end_frame = 110 where id = ?", comment);
        story.as(BOB).does("update video_versions set frame_rate_num = 50, frame_rate_den = 1 where id = ?", version);
        assertEquals(
                "200|220|4.000",
                story.as(BOB)
                        .one("select frame, end_frame, timecode_seconds from timecode_comments where id = ?", comment));
    }

    @ParameterizedTest
    @CsvSource({"23.98, 24000, 1001", "29.97, 30000, 1001", "59.94, 60000, 1001", "24, 24, 1", "25, 25, 1", "30, 30, 1"
    })
    void aRoundedRateOfFilmOrTelevisionIsKnownExactly(String rate, String num, String den) {
        var version = story.as(BOB)
                .adds(
                        "insert into video_versions (video_asset_id, uploaded_by, frame_rate) values (?, ?, ?) returning id",
                        video,
                        BOB,
                        rate);
        assertEquals(
                num + "|" + den,
                story.as(BOB).one("select frame_rate_num, frame_rate_den from video_versions where id = ?", version));
    }

    @Test
    void movingACommentByFrameOrBySecondsKeepsBothTogether() {
        var comment = comment(BOB, version, "1");
        story.as(BOB).does("update timecode_comments set frame = 50 where id = ?", comment);
        assertEquals("50|2.000", place(comment));
        story.as(BOB).does("update timecode_comments set timecode_seconds = 3.01 where id = ?", comment);
        assertEquals("75|3.000", place(comment));
    }

    @Test
    void aRangeDoesNotEndBeforeItStarts() {
        story.as(BOB)
                .isRefused(
                        "23514",
                        "insert into timecode_comments (video_version_id, frame, end_frame, content, author_id)"
                                + " values (?, 10, 9, 'x', ?)",
                        version,
                        BOB);
    }

    // threads
    // ----------------------------------------------------------------------------------------------------------

    @Test
    void allCommentsOfAVersionComeInTheOrderOfTheFilmWithTheirReplyCounts() {
        var late = comment(BOB, version, "9");
        var early = comment(BOB, version, "1");
        var reply = reply(CAROL, late);
        assertEquals(
                List.of(early + "|0", late + "|1", reply + "|0"),
                story.as(BOB).sees("select id, reply_count from get_video_comments(?)", version));
    }

    @Test
    void aThreadComesAsATreeWithItsDepth() {
        var root = comment(BOB, version, "1");
        var first = reply(CAROL, root);
        var second = reply(BOB, root);
        var below = reply(DANA, first);
        assertEquals(
                List.of(root + "|0|2", first + "|1|1", below + "|2|0", second + "|1|0"),
                story.as(BOB).sees("select id, depth, reply_count from get_comment_thread(?)", root));
    }

    @Test
    void anAnswerKnowsItsRootAndItsPlace() {
        var root = comment(BOB, version, "2");
        var deep = reply(CAROL, reply(BOB, root));
        assertEquals(
                root + "|50|2.000",
                story.as(BOB)
                        .one(
                                "select thread_root_id, frame, timecode_seconds from timecode_comments where id = ?",
                                deep));
    }

    @Test
    void anAnswerStaysOnTheVersionOfItsComment() {
        var root = comment(BOB, version, "1");
        story.as(BOB)
                .isRefused(
                        "23514",
                        "insert into timecode_comments (video_version_id, content, author_id, parent_comment_id)"
                                + " values (?, 'x', ?, ?)",
                        version(25, 1),
                        BOB,
                        root);
    }

    // who sees and writes
    // ----------------------------------------------------------------------------------------------

    @Test
    void aClientNeverSeesAnInternalCommentNorItsAnswers() {
        var open = comment(BOB, version, "1");
        var internal = internal(BOB);
        reply(CAROL, internal);
        var answers = "select id from get_video_comments(?)";
        assertEquals(List.of(open), story.as(DANA).sees(answers, version));
        assertEquals(List.of(open), story.as(DANA).whereClientsSeeAll().sees(answers, version));
        assertEquals(List.of(), story.as(DANA).sees("select id from get_comment_thread(?)", internal));
    }

    @Test
    void aClientSeesWhatIsSaidAboutTheirOwnFilmsWhileTheyAreThere() {
        var open = comment(BOB, version, "1");
        var seen = "select id from timecode_comments where video_version_id = ?";
        for (var who : List.of(ADA, BOB, DANA, DAVE))
            assertEquals(List.of(open), story.as(who).sees(seen, version));
        for (var who : List.of(ERIN, FINN, NOBODY))
            assertEquals(List.of(), story.as(who).sees(seen, version));
        assertEquals(List.of(open), story.as(ERIN).whereClientsSeeAll().sees(seen, version));
        assertEquals(List.of(), story.as(NOBODY).whereClientsSeeAll().sees(seen, version));
        story.as(BOB).does("update video_assets set deleted_at = now() where id = ?", video);
        assertEquals(List.of(open), story.as(BOB).sees(seen, version));
        assertEquals(List.of(), story.as(DANA).sees(seen, version));
    }

    @Test
    void aHiddenAnswerDoesNotCountForAClient() {
        var open = comment(BOB, version, "1");
        var hidden = reply(CAROL, open);
        story.as(CAROL).does("update timecode_comments set is_internal = true where id = ?", hidden);
        assertEquals(
                List.of(open + "|0"),
                story.as(DANA).sees("select id, reply_count from get_video_comments(?)", version));
    }

    @Test
    void aClientWritesNothingInternalAndNothingElsewhere() {
        story.as(DANA).isRefused("42501", INTERNAL, version, DANA);
        story.as(ERIN).isRefused("42501", COMMENT, version, "1", ERIN);
        assertEquals(List.of(), story.as(ERIN).sees("select id from get_video_comments(?)", version));
    }

    @Test
    void nobodyCommentsInAnothersName() {
        story.as(BOB).isRefused("42501", COMMENT, version, "1", CAROL);
    }

    @Test
    void aNewCommentBringsNoForgedNameReactionOrVerdict() {
        var forged = story.as(BOB)
                .adds(
                        "insert into timecode_comments (video_version_id, timecode_seconds, content, author_id, author_name,"
                                + " author_avatar_url, status, resolved_by, resolved_at, edited_at, reactions)"
                                + " values (?, 1, 'x', ?, 'Ada Archer', 'https://ada', 'resolved', ?, now(), now(),"
                                + " '[{\"emoji\": \"x\", \"user_id\": \"carol\"}]') returning id",
                        version,
                        BOB,
                        CAROL);
        assertEquals(
                "Bob Baker|null|active|null|null|null|[]",
                story.as(BOB)
                        .one(
                                "select author_name, author_avatar_url, status, resolved_by, resolved_at, edited_at, reactions"
                                        + " from timecode_comments where id = ?",
                                forged));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "author_name = 'Ada'",
                "author_avatar_url = 'x'",
                "resolved_by = gen_random_uuid()",
                "created_at = '2000-01-01'"
            })
    void anAuthorForgesNoNameOrVerdictLater(String change) {
        var comment = comment(BOB, version, "1");
        story.as(BOB).isRefused("42501", "update timecode_comments set " + change + " where id = ?", comment);
    }

    @Test
    void othersResolveButDoNotChangeTheWords() {
        var comment = comment(DANA, version, "1");
        story.as(BOB).isRefused("42501", "update timecode_comments set content = 'y' where id = ?", comment);
        assertEquals(1, story.as(BOB).does("update timecode_comments set status = 'resolved' where id = ?", comment));
        assertEquals(
                BOB.id() + "|t",
                story.as(BOB)
                        .one(
                                "select resolved_by, resolved_at is not null from timecode_comments where id = ?",
                                comment));
    }

    @Test
    void reopeningForgetsWhoResolved() {
        var comment = comment(BOB, version, "1");
        story.as(BOB).does("update timecode_comments set status = 'resolved' where id = ?", comment);
        story.as(BOB).does("update timecode_comments set status = 'active' where id = ?", comment);
        assertEquals(
                "null|null",
                story.as(BOB).one("select resolved_by, resolved_at from timecode_comments where id = ?", comment));
    }

    // reactions
    // --------------------------------------------------------------------------------------------------------

    @Test
    void reactionsAtOnceLoseNothing() {
        var comment = comment(BOB, version, "1");
        var people = List.of(ADA, BOB, CAROL, DANA, DAVE);
        Together.all(20, i -> story.as(people.get(i % 5)).one("select add_reaction(?, ?)", comment, EMOJI.get(i / 5)));
        assertEquals(
                "20|20",
                story.as(BOB)
                        .one(
                                "select count(*), count(distinct (r ->> 'emoji', r ->> 'user_id'))"
                                        + " from timecode_comments, jsonb_array_elements(reactions) r where id = ?",
                                comment));
    }

    @Test
    void theSameReactionCountsOnceAndGoesAway() {
        var comment = comment(BOB, version, "1");
        assertEquals("t", story.as(DANA).one("select add_reaction(?, '👍')", comment));
        assertEquals("f", story.as(DANA).one("select add_reaction(?, '👍')", comment));
        assertEquals("t", story.as(DANA).one("select remove_reaction(?, '👍')", comment));
        assertEquals("[]", story.as(BOB).one("select reactions from timecode_comments where id = ?", comment));
    }

    @Test
    void nobodyReactsToWhatTheyDoNotSee() {
        story.as(DANA).isRefused("P0002", "select add_reaction(?, '👍')", internal(BOB));
        story.as(ERIN).isRefused("P0002", "select add_reaction(?, '👍')", comment(BOB, version, "1"));
    }

    @Test
    void nobodyForgesReactionsByHand() {
        var comment = comment(BOB, version, "1");
        story.as(BOB)
                .isRefused(
                        "42501",
                        "update timecode_comments set reactions = '[{\"emoji\": \"x\", \"user_id\": \"y\"}]' where id = ?",
                        comment);
    }

    // notices
    // ----------------------------------------------------------------------------------------------------------

    @Test
    void anAnswerTellsTheAnsweredAndTheOthersOfTheThread() {
        var root = comment(BOB, version, "1");
        reply(DANA, reply(CAROL, root));
        assertEquals(List.of(BOB.id() + "|reply", BOB.id() + "|new_on_thread", CAROL.id() + "|reply"), notices(root));
    }

    @Test
    void aMentionTellsThePersonOnce() {
        var comment = comment(BOB, version, "1");
        mention(BOB, comment, CAROL);
        story.as(BOB).isRefused("23505", MENTION, comment, CAROL);
        assertEquals(List.of(CAROL.id() + "|mention"), notices(comment));
    }

    @Test
    void nobodyIsMentionedWhoMayNotSeeTheCommentOrDoesNotExist() {
        var hidden = internal(BOB);
        var open = comment(BOB, version, "1");
        var refusals = List.of(
                story.as(BOB).isRefused("23514", MENTION, hidden, DANA),
                story.as(BOB).isRefused("23514", MENTION, open, ERIN),
                story.as(BOB)
                        .isRefused("23514", MENTION, open, UUID.randomUUID().toString()));
        assertEquals(
                1, refusals.stream().map(SQLException::getMessage).distinct().count());
        assertEquals(List.of(), notices(hidden));
        assertEquals(List.of(), notices(open));
    }

    @Test
    void nobodyIsToldOfTheirOwnDeed() {
        var root = comment(BOB, version, "1");
        reply(BOB, root);
        mention(BOB, root, BOB);
        story.as(BOB).does("update timecode_comments set status = 'resolved' where id = ?", root);
        assertEquals(List.of(), notices(root));
    }

    @Test
    void resolvingTellsTheThread() {
        var root = comment(DANA, version, "1");
        story.as(BOB).does("update timecode_comments set status = 'resolved' where id = ?", root);
        assertEquals(List.of(DANA.id() + "|resolved"), notices(root));
    }

    @Test
    void everybodyReadsAndMarksTheirOwnNoticesOnly() {
        var root = comment(BOB, version, "1");
        var notice = story.asSuperuser()
                .adds(
                        "insert into comment_notifications (user_id, comment_id, notification_type)"
                                + " values (?, ?, 'mention') returning id",
                        CAROL,
                        root);
        assertEquals(List.of(), story.as(BOB).sees("select id from comment_notifications where id = ?", notice));
        story.as(BOB).changesNothing("update comment_notifications set read_at = now() where id = ?", notice);
        assertEquals(1, story.as(CAROL).does("update comment_notifications set read_at = now() where id = ?", notice));
        story.as(CAROL)
                .isRefused(
                        "42501",
                        "update comment_notifications set comment_id = gen_random_uuid() where id = ?",
                        notice);
    }

    private static final List<String> EMOJI = List.of("👍", "🎉", "❤️", "👩‍💻");
    private static final String COMMENT =
            "insert into timecode_comments (video_version_id, timecode_seconds, content, author_id) values (?, ?, 'x', ?)";
    private static final String INTERNAL =
            "insert into timecode_comments (video_version_id, timecode_seconds, content, author_id, is_internal)"
                    + " values (?, 5, 'x', ?, true)";
    private static final String MENTION = "insert into comment_mentions (comment_id, mentioned_user_id) values (?, ?)";

    private String version(int num, int den) {
        return story.as(BOB)
                .adds(
                        "insert into video_versions (video_asset_id, uploaded_by, frame_rate_num, frame_rate_den)"
                                + " values (?, ?, ?, ?) returning id",
                        video,
                        BOB,
                        num,
                        den);
    }

    private String comment(Someone author, String version, String seconds) {
        return story.as(author).adds(COMMENT + " returning id", version, seconds, author);
    }

    private String internal(Someone author) {
        return story.as(author).adds(INTERNAL + " returning id", version, author);
    }

    private String reply(Someone author, String parent) {
        return story.as(author)
                .adds(
                        "insert into timecode_comments (video_version_id, content, author_id, parent_comment_id)"
                                + " values (?, 'reply', ?, ?) returning id",
                        version,
                        author,
                        parent);
    }

    private static void mention(Someone author, String comment, Someone mentioned) {
        story.as(author).does(MENTION, comment, mentioned);
    }

    private static String place(String comment) {
        return story.as(BOB).one("select frame, timecode_seconds from timecode_comments where id = ?", comment);
    }

    private static List<String> notices(String root) {
        return story.asSuperuser()
                .sees(
                        "select n.user_id, n.notification_type from comment_notifications n"
                                + " join timecode_comments c on c.id = n.comment_id"
                                + " where ? in (c.id::text, c.thread_root_id::text)"
                                + " order by n.user_id, n.notification_type desc",
                        root);
    }
}
