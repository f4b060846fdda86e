package io.agencyos.review;

import java.util.List;

import io.agencyos.testing.Someone;
import io.agencyos.testing.Story;
import io.agencyos.testing.Together;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.agencyos.testing.Someone.ADA;
import static io.agencyos.testing.Someone.BOB;
import static io.agencyos.testing.Someone.CAROL;
import static io.agencyos.testing.Someone.DANA;
import static io.agencyos.testing.Someone.DAVE;
import static io.agencyos.testing.Someone.NORTHWIND;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Reviewers are told what waits for them, and who uploaded a version what became of it. */
class ApprovalNoticeTest {

    @RegisterExtension
    static final Story story = new Story();

    private final String request = story.request(BOB, NORTHWIND);
    private final String video = story.as(BOB)
            .adds(
                    "insert into video_assets (project_id, title, created_by) values (?, 'x', ?) returning id",
                    request,
                    BOB);
    private final String version = version(BOB);

    @Test
    void whoBecomesAReviewerIsAsked() {
        add(DANA, true);
        add(CAROL, false);
        add(BOB, true);
        assertEquals(List.of("approval_requested|" + version), notices(DANA));
        assertEquals(List.of("approval_requested|" + version), notices(CAROL));
        assertEquals(List.of(), notices(BOB));
    }

    @Test
    void aNewVersionAsksAnewAndNoLongerForTheOldOne() {
        add(DANA, true);
        add(CAROL, true);
        decide(DANA, "approved", version);
        assertEquals(List.of(), notices(DANA));
        var next = version(BOB);
        for (var reviewer : List.of(DANA, CAROL))
            assertEquals(List.of("approval_requested|" + next), notices(reviewer));
        decide(DANA, "approved", next);
        story.as(BOB).does("update video_assets set current_version_id = ? where id = ?", version, video);
        assertEquals(List.of(), notices(DANA));
        assertEquals(List.of("approval_requested|" + version), notices(CAROL));
    }

    @Test
    void whoBecameAReviewerOfARemovedVideoIsAskedWhenItReturns() {
        add(DANA, true);
        story.as(BOB).does("update video_assets set deleted_at = now() where id = ?", video);
        add(CAROL, true);
        assertEquals(List.of(), notices(CAROL));
        story.as(BOB).does("update video_assets set deleted_at = null where id = ?", video);
        for (var reviewer : List.of(DANA, CAROL))
            assertEquals(List.of("approval_requested|" + version), notices(reviewer));
    }

    @Test
    void whatWasReadStaysRead() {
        add(DANA, true);
        story.as(DANA).does("update comment_notifications set read_at = now() where video_version_id = ?", version);
        var next = version(BOB);
        assertEquals(List.of("approval_requested|" + version, "approval_requested|" + next), notices(DANA));
    }

    @Test
    void whoUploadsIsNotAskedByThemselves() {
        add(CAROL, true);
        version(CAROL);
        assertEquals(List.of(), notices(CAROL));
    }

    @Test
    void whoIsNoReviewerAnyMoreIsNotAsked() {
        add(DANA, true);
        story.as(BOB).does("delete from video_reviewers where video_asset_id = ?", video);
        version(BOB);
        assertEquals(List.of(), notices(DANA));
    }

    @Test
    void whoMayNotSeeTheVideoAnyMoreIsToldNothing() {
        add(DAVE, true);
        add(CAROL, true);
        story.as(ADA).does("delete from client_members where profile_id = ?", DAVE);
        assertEquals(List.of(), notices(DAVE));
        version(BOB);
        story.as(ADA).does("insert into client_members (client_id, profile_id) values (?, ?)", NORTHWIND, DAVE);
        assertEquals(List.of(), notices(DAVE));
    }

    @Test
    void whoUploadedItIsToldWhatBecameOfIt() {
        add(DANA, true);
        add(CAROL, true);
        add(DAVE, false);
        decide(DANA, "approved", version);
        decide(DAVE, "changes_requested", version);
        assertEquals(List.of(), notices(BOB));
        decide(CAROL, "approved", version);
        assertEquals(List.of("approved|" + version), notices(BOB));
        story.as(CAROL).one("select id from decide_approval(?, 'approved', 'and a note')", version);
        assertEquals(List.of("approved|" + version), notices(BOB));
        decide(DANA, "changes_requested", version);
        assertEquals(List.of("changes_requested|" + version), notices(BOB));
        story.as(DANA)
                .does("delete from version_approvals where video_version_id = ? and profile_id = ?", version, DANA);
        assertEquals(List.of("approval_pending|" + version), notices(BOB));
    }

    @Test
    void oneIsNotToldOfOnesOwnDecision() {
        add(BOB, true);
        decide(BOB, "approved", version);
        assertEquals(List.of(), notices(BOB));
    }

    @Test
    void twoWhoDecideAtOnceAreToldOfOnce() {
        for (var round = 0; round < 5; round++) {
            if (round == 0) {
                add(DANA, true);
                add(CAROL, true);
            }
            var next = version(BOB);
            Together.all(2, i -> {
                decide(i == 0 ? DANA : CAROL, "approved", next);
                return i;
            });
            assertEquals(
                    List.of("approved"),
                    story.as(BOB)
                            .sees(
                                    "select notification_type from comment_notifications where user_id = ? and video_version_id = ?",
                                    BOB,
                                    next));
        }
    }

    @Test
    void noticesGoWithTheirVersion() {
        add(DANA, true);
        decide(DANA, "approved", version);
        story.asSuperuser().does("delete from video_versions where id = ?", version);
        assertEquals(List.of(), notices(BOB));
    }

    @Test
    void nobodyMakesOrTurnsANotice() {
        add(DANA, true);
        story.as(DANA)
                .isRefused(
                        "42501",
                        "insert into comment_notifications (user_id, video_version_id, notification_type)"
                                + " values (?, ?, 'approved')",
                        DANA,
                        version);
        story.as(DANA)
                .isRefused(
                        "42501",
                        "update comment_notifications set video_version_id = ? where user_id = ?",
                        version(BOB),
                        DANA);
        story.asSuperuser()
                .isRefused(
                        "23514",
                        "insert into comment_notifications (user_id, video_version_id, notification_type)"
                                + " values (?, ?, 'reply')",
                        DANA,
                        version);
    }

    private List<String> notices(Someone who) {
        return story.as(who)
                .sees(
                        "select n.notification_type, n.video_version_id from comment_notifications n"
                                + " join video_versions v on v.id = n.video_version_id"
                                + " where n.user_id = ? and v.video_asset_id = ? order by n.created_at",
                        who,
                        video);
    }

    private void add(Someone who, boolean required) {
        story.as(BOB).one("select id from add_video_reviewer(?, ?, ?::boolean)", video, who, String.valueOf(required));
    }

    private void decide(Someone who, String decision, String on) {
        story.as(who).one("select id from decide_approval(?, ?)", on, decision);
    }

    private String version(Someone by) {
        return story.as(by)
                .adds("insert into video_versions (video_asset_id, uploaded_by) values (?, ?) returning id", video, by);
    }
}
