package io.agencyos.review;

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
import static io.agencyos.testing.Someone.SYSTEM;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Everybody decides for themselves, on one very version, and the required ones make its state. */
class ApprovalTest {

    @RegisterExtension
    static final Story story = new Story();

    private static final String ADD = "select id from add_video_reviewer(?, ?, ?::boolean)";
    private static final String DECIDE = "select id from decide_approval(?, ?)";
    private static final String INSERT =
            "insert into version_approvals (video_version_id, profile_id, decision) values (?, ?, 'approved')";

    private final String request = story.request(BOB, NORTHWIND);
    private final String video = story.as(BOB)
            .adds(
                    "insert into video_assets (project_id, title, created_by) values (?, 'x', ?) returning id",
                    request,
                    BOB);
    private final String version = version();

    @Test
    void nobodyIsRequiredUntilSomebodyIs() {
        assertEquals("not_required", state());
        add(CAROL, false);
        assertEquals("not_required", state());
        decide(CAROL, "changes_requested");
        assertEquals("not_required", state());
    }

    @Test
    void theRequiredOnesMakeTheState() {
        add(CAROL, true);
        add(DANA, true);
        add(DAVE, false);
        assertEquals("pending", state());
        decide(CAROL, "approved");
        decide(DAVE, "changes_requested");
        assertEquals("pending", state());
        decide(DANA, "approved");
        assertEquals("approved", state());
        decide(CAROL, "changes_requested");
        assertEquals("changes_requested", state());
        add(CAROL, false);
        assertEquals("approved", state());
    }

    @Test
    void whoWantsChangesIsHeardBeforeAllHaveDecided() {
        add(CAROL, true);
        add(DANA, true);
        decide(DANA, "changes_requested");
        assertEquals("changes_requested", state());
    }

    @Test
    void aNewVersionAsksAnew() {
        add(DANA, true);
        decide(DANA, "approved");
        var next = version();
        assertEquals("approved", state());
        assertEquals("pending", story.as(BOB).one("select approval_state(?)", next));
    }

    @Test
    void whoIsNoReviewerAnyMoreDoesNotCountAndDoesNotDecide() {
        add(CAROL, true);
        add(DANA, true);
        decide(CAROL, "approved");
        decide(DANA, "changes_requested");
        story.as(BOB).does("delete from video_reviewers where profile_id = ? and video_asset_id = ?", DANA, video);
        assertEquals("approved", state());
        story.as(DANA).isRefused("42501", DECIDE, version, "approved");
        story.as(DANA)
                .changesNothing(
                        "update version_approvals set decision = 'approved' where video_version_id = ?", version);
    }

    @Test
    void oneDecisionAReviewerWhoMayChangeTheirMind() {
        add(DANA, true);
        var id = story.as(DANA).one(DECIDE, version, "approved");
        var first = story.as(DANA).one("select version, decided_at from version_approvals where id = ?", id);
        assertEquals(id, story.as(DANA).one(DECIDE, version, "approved"));
        assertEquals(first, story.as(DANA).one("select version, decided_at from version_approvals where id = ?", id));
        assertEquals(id, story.as(DANA).one(DECIDE, version, "changes_requested"));
        assertEquals(
                "changes_requested|2",
                story.as(DANA).one("select decision, version from version_approvals where id = ?", id));
        assertEquals(
                List.of("create|null|null", "update|approved|changes_requested"),
                story.asSuperuser()
                        .sees(
                                "select action, details #>> '{changes,decision,old}', details #>> '{changes,decision,new}'"
                                        + " from activity_log where entity_id = ? and request_id = ? order by created_at",
                                id,
                                request));
    }

    @Test
    void oneDecidesWhatIsKnownAndSaysNoMoreThanFits() {
        add(DANA, true);
        story.as(DANA).isRefused("23514", DECIDE, version, "maybe");
        story.as(DANA).isRefused("23514", "select decide_approval(?, 'approved', repeat('x', 5001))", version);
    }

    @Test
    void nobodyDecidesForAnother() {
        add(CAROL, true);
        add(DANA, true);
        decide(DANA, "changes_requested");
        for (var person : List.of(ADA, BOB, DANA, SYSTEM)) {
            story.as(person).isRefused("42501", INSERT, version, CAROL);
            if (person != DANA)
                story.as(person)
                        .changesNothing(
                                "update version_approvals set decision = 'approved' where profile_id = ?", DANA);
            if (person != DANA)
                story.as(person).changesNothing("delete from version_approvals where profile_id = ?", DANA);
        }
        story.as(DANA)
                .isRefused("42501", "update version_approvals set profile_id = ? where profile_id = ?", CAROL, DANA);
        assertEquals("changes_requested", state());
    }

    @Test
    void onlyReviewersDecideAndOnlyWhereTheySeeTheVersion() {
        for (var person : List.of(ADA, BOB, DAVE)) story.as(person).isRefused("42501", DECIDE, version, "approved");
        story.as(ERIN).isRefused("P0002", DECIDE, version, "approved");
        add(DAVE, true);
        story.as(ADA).does("delete from client_members where profile_id = ?", DAVE);
        story.as(DAVE).isRefused("P0002", DECIDE, version, "approved");
        story.as(DAVE).whereClientsSeeAll().isRefused("42501", DECIDE, version, "approved");
        story.as(ADA).does("insert into client_members (client_id, profile_id) values (?, ?)", NORTHWIND, DAVE);
    }

    @Test
    void whoMayNotSeeTheVersionAnyMoreDoesNotCountUntilTheyMay() {
        add(CAROL, true);
        add(DANA, true);
        decide(CAROL, "approved");
        assertEquals("pending", state());
        leave(DANA);
        assertEquals("approved", state());
        come(DANA);
        decide(DANA, "changes_requested");
        leave(DANA);
        assertEquals("approved", state());
        story.as(BOB).does("delete from video_reviewers where profile_id = ? and video_asset_id = ?", CAROL, video);
        assertEquals("not_required", state());
        come(DANA);
        assertEquals("changes_requested", state());
        story.as(BOB).does("update requests set client_id = ? where id = ?", LUMEN, request);
        assertEquals("not_required", state());
    }

    @Test
    void nobodyWaitsForSomebodyWhoHasLeftTheAgency() {
        add(CAROL, true);
        assertEquals("pending", state());
        story.asSuperuser().does("update profiles set role = 'client' where id = ?", CAROL);
        assertEquals("not_required", state());
        story.asSuperuser().does("update profiles set role = 'user' where id = ?", CAROL);
        assertEquals("pending", state());
    }

    /** The one who decides last settles it, whoever has gone before. */
    @Test
    void theUploaderIsToldOfWhatTheOthersMakeOfIt() {
        add(DANA, true);
        add(DAVE, true);
        story.asSuperuser().does("update video_versions set uploaded_by = ? where id = ?", CAROL, version);
        leave(DAVE);
        decide(DANA, "approved");
        assertEquals(
                List.of("approved"),
                story.as(CAROL)
                        .sees(
                                "select notification_type from comment_notifications where video_version_id = ?",
                                version));
        come(DAVE);
    }

    private static void leave(Someone who) {
        story.as(ADA).does("delete from client_members where profile_id = ?", who);
    }

    private static void come(Someone who) {
        story.as(ADA).does("insert into client_members (client_id, profile_id) values (?, ?)", NORTHWIND, who);
    }

    @Test
    void aDecisionIsNotDatedBack() {
        add(DANA, true);
        story.as(DANA)
                .does(
                        "insert into version_approvals (video_version_id, profile_id, decision, decided_at, created_at)"
                                + " values (?, ?, 'approved', '2020-01-01', '2020-01-01')",
                        version,
                        DANA);
        story.as(DANA).does("update version_approvals set decided_at = '2020-01-01' where profile_id = ?", DANA);
        assertEquals(
                "t|t",
                story.as(DANA)
                        .one(
                                "select decided_at > '2021-01-01', created_at > '2021-01-01' from version_approvals"
                                        + " where video_version_id = ?",
                                version));
    }

    @Test
    void staffWhoMayChangeTheRequestChooseTheReviewers() {
        story.as(CAROL).isRefused("42501", ADD, video, CAROL, "true");
        story.as(DANA).isRefused("42501", ADD, video, DANA, "true");
        story.as(ERIN).isRefused("P0002", ADD, video, DANA, "true");
        add(CAROL, true);
        story.as(CAROL).changesNothing("update video_reviewers set required = false where video_asset_id = ?", video);
        story.as(DANA).changesNothing("delete from video_reviewers where video_asset_id = ?", video);
        assertEquals(
                BOB.id(), story.as(DANA).one("select added_by from video_reviewers where video_asset_id = ?", video));
        var danas = story.request(DANA, NORTHWIND);
        var own = story.as(DANA)
                .adds(
                        "insert into video_assets (project_id, title, created_by) values (?, 'x', ?) returning id",
                        danas,
                        DANA);
        story.as(DANA).isRefused("42501", ADD, own, DANA, "true");
    }

    @Test
    void aReviewerIsSomebodyWhoMaySeeTheVideo() {
        story.as(BOB).isRefused("23514", ADD, video, ERIN, "true");
        story.as(BOB).isRefused("23514", ADD, video, java.util.UUID.randomUUID().toString(), "true");
    }

    @Test
    void aReviewerStaysWithTheVideo() {
        add(CAROL, true);
        story.as(BOB)
                .isRefused("42501", "update video_reviewers set profile_id = ? where video_asset_id = ?", DANA, video);
    }

    @Test
    void othersSeeNothingOfIt() {
        add(DANA, true);
        decide(DANA, "approved");
        assertEquals(List.of(), story.as(ERIN).sees("select id from version_approvals"));
        assertEquals(List.of(), story.as(ERIN).sees("select id from video_reviewers"));
        assertEquals(List.of(), story.as(ERIN).sees("select state from approval_states(array[?::uuid])", version));
    }

    private void add(Someone who, boolean required) {
        story.as(BOB).one(ADD, video, who, String.valueOf(required));
    }

    private void decide(Someone who, String decision) {
        story.as(who).one(DECIDE, version, decision);
    }

    private String state() {
        return story.as(BOB).one("select approval_state(?)", version);
    }

    private String version() {
        return story.as(BOB)
                .adds(
                        "insert into video_versions (video_asset_id, uploaded_by) values (?, ?) returning id",
                        video,
                        BOB);
    }
}
