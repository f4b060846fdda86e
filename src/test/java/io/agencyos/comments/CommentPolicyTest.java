package io.agencyos.comments;

import java.util.List;

import io.agencyos.testing.Someone;
import io.agencyos.testing.Story;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.agencyos.testing.Someone.ADA;
import static io.agencyos.testing.Someone.BOB;
import static io.agencyos.testing.Someone.CAROL;
import static io.agencyos.testing.Someone.DANA;
import static io.agencyos.testing.Someone.DAVE;
import static io.agencyos.testing.Someone.ERIN;
import static io.agencyos.testing.Someone.LUMEN;
import static io.agencyos.testing.Someone.NORTHWIND;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Who reads, writes, resolves and hides a comment. */
class CommentPolicyTest {

    @RegisterExtension
    static final Story story = new Story();

    private static final String NOT_ALLOWED = "42501";
    private static final String NOT_VALID = "23514";
    private final String request = story.request(BOB, NORTHWIND);

    @Test
    void aClientNeverSeesAnInternalComment() {
        var open = comment(BOB, "open", false);
        comment(BOB, "internal", true);
        assertEquals(List.of(open), seen(DANA));
        assertEquals(List.of(open), story.as(DANA).whereClientsSeeAll().sees(ALL, request));
    }

    @Test
    void staffSeeInternalComments() {
        var internal = comment(BOB, "internal", true);
        assertEquals(List.of(internal), seen(CAROL));
    }

    @Test
    void aClientDoesNotFindAnInternalCommentBySearchingOrByItsReplies() {
        var internal = comment(BOB, "secretword", true);
        var reply = reply(CAROL, internal);
        assertEquals(
                "0",
                story.as(DANA).one("select count(*) from comments where search_vector @@ to_tsquery('secretword')"));
        assertEquals("0", story.as(DANA).one("select count(*) from comments where id = ?", reply));
    }

    @Test
    void aClientWritesNoInternalComment() {
        story.as(DANA)
                .isRefused(
                        NOT_ALLOWED,
                        "insert into comments (request_id, user_id, content, is_internal) values (?, ?, 'x', true)",
                        request,
                        DANA);
    }

    @Test
    void aClientDoesNotAnswerAnInternalComment() {
        var internal = comment(BOB, "internal", true);
        story.as(DANA)
                .isRefused(
                        NOT_ALLOWED,
                        "insert into comments (request_id, user_id, content, parent_comment_id) values (?, ?, 'x', ?)",
                        request,
                        DANA,
                        internal);
    }

    @Test
    void anAnswerToAnInternalCommentIsInternal() {
        var reply = reply(CAROL, comment(BOB, "internal", true));
        assertEquals("t", story.as(BOB).one("select is_internal from comments where id = ?", reply));
    }

    @Test
    void aThreadThatTurnsInternalTakesItsAnswersAlong() {
        var start = comment(BOB, "open", false);
        reply(DANA, reply(DANA, start));
        story.as(BOB).does("update comments set is_internal = true where id = ?", start);
        assertEquals(List.of(), seen(DANA));
    }

    @Test
    void aClientDoesNotTurnTheirCommentInternal() {
        var own = comment(DANA, "open", false);
        story.as(DANA).isRefused(NOT_ALLOWED, "update comments set is_internal = true where id = ?", own);
    }

    @Test
    void anotherClientReadsAndWritesNothingHere() {
        comment(BOB, "open", false);
        assertEquals(List.of(), seen(ERIN));
        story.as(ERIN).isRefused(NOT_ALLOWED, INSERT, request, ERIN, "x", false);
    }

    @Test
    void nobodyCommentsInAnothersName() {
        story.as(BOB).isRefused(NOT_ALLOWED, INSERT, request, CAROL, "x", false);
        story.as(DANA).isRefused(NOT_ALLOWED, INSERT, request, DAVE, "x", false);
    }

    @Test
    void onlyTheAuthorChangesTheWords() {
        var comment = comment(CAROL, "words", false);
        story.as(BOB).isRefused(NOT_ALLOWED, "update comments set content = 'y' where id = ?", comment);
        story.as(DANA).changesNothing("update comments set content = 'y' where id = ?", comment);
        assertEquals(1, story.as(CAROL).does("update comments set content = 'y' where id = ?", comment));
    }

    @Test
    void whoeverMayChangeTheRequestResolves() {
        var comment = comment(CAROL, "words", false);
        assertEquals(1, story.as(BOB).does("update comments set is_resolved = true where id = ?", comment));
        story.as(DANA).changesNothing("update comments set is_resolved = false where id = ?", comment);
    }

    @Test
    void onlyTheAuthorOrAnAdministratorDeletes() {
        var comment = comment(CAROL, "words", false);
        story.as(BOB).changesNothing("delete from comments where id = ?", comment);
        story.as(DANA).changesNothing("delete from comments where id = ?", comment);
        assertEquals(1, story.as(ADA).does("delete from comments where id = ?", comment));
    }

    @Test
    void aCommentMovesToNoOtherRequestAuthorOrThread() {
        var comment = comment(BOB, "words", false);
        var other = story.request(BOB, LUMEN);
        story.as(BOB).isRefused(NOT_ALLOWED, "update comments set request_id = ? where id = ?", other, comment);
        story.as(BOB).isRefused(NOT_ALLOWED, "update comments set user_id = ? where id = ?", CAROL, comment);
        story.as(BOB)
                .isRefused(
                        NOT_ALLOWED,
                        "update comments set parent_comment_id = ? where id = ?",
                        comment(BOB, "y", false),
                        comment);
    }

    @Test
    void anAnswerStaysOnTheRequestOfItsComment() {
        var elsewhere = story.request(BOB, LUMEN);
        story.as(BOB)
                .isRefused(
                        NOT_VALID,
                        "insert into comments (request_id, user_id, content, parent_comment_id) values (?, ?, 'x', ?)",
                        elsewhere,
                        BOB,
                        comment(BOB, "words", false));
    }

    @Test
    void aCommentStandsOnNoAssetOfAnotherRequest() {
        var elsewhere = story.request(BOB, LUMEN);
        var asset = story.as(BOB)
                .adds(
                        "insert into assets (request_id, name, created_by) values (?, 'a', ?) returning id",
                        elsewhere,
                        BOB);
        story.as(BOB)
                .isRefused(
                        NOT_VALID,
                        "insert into comments (request_id, user_id, content, asset_id) values (?, ?, 'x', ?)",
                        request,
                        BOB,
                        asset);
    }

    private static final String ALL = "select id from comments where request_id = ? order by created_at";
    private static final String INSERT =
            "insert into comments (request_id, user_id, content, is_internal) values (?, ?, ?, ?)";

    private List<String> seen(Someone who) {
        return story.as(who).sees(ALL, request);
    }

    private String comment(Someone author, String content, boolean internal) {
        return story.as(author).adds(INSERT + " returning id", request, author, content, internal);
    }

    private String reply(Someone author, String parent) {
        return story.as(author)
                .adds(
                        "insert into comments (request_id, user_id, content, parent_comment_id)"
                                + " values (?, ?, 'reply', ?) returning id",
                        request,
                        author,
                        parent);
    }
}
