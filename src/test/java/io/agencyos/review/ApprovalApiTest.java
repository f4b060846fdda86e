package io.agencyos.review;

import java.util.List;
import java.util.UUID;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Person;
import io.agencyos.testing.Psql;
import io.agencyos.testing.Walk;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

@QuarkusTest
@WithTestResource(AgencyResource.class)
class ApprovalApiTest {

    private static final String CHANGED =
            "subscription($id: ID!) { approvalChanged(videoVersionId: $id) { cursor operation id changedFields"
                    + " node { id } } }";
    private static final String ADD = "mutation($video: ID!, $who: ID!, $required: Boolean) { addVideoReviewer(input:"
            + " {videoAssetId: $video, profileId: $who, required: $required}) { id required profile { id }"
            + " addedBy { id } videoAsset { id } } }";
    private static final String REMOVE = "mutation($video: ID!, $who: ID!) { removeVideoReviewer(videoAssetId: $video,"
            + " profileId: $who) { id reviewers { nodes { profile { id } } } } }";
    private static final String DECIDE = "mutation($version: ID!, $decision: ApprovalDecision!, $note: String) {"
            + " decideApproval(input: {videoVersionId: $version, decision: $decision, note: $note}) { id decision note"
            + " decidedAt version profile { id } videoVersion { id approvalState } } }";
    private static final String WITHDRAW =
            "mutation($version: ID!) { withdrawApproval(videoVersionId: $version) { id approvalState } }";
    private static final String READ = "query($id: ID!) { videoVersion(id: $id) { approvalState approvals { totalCount"
            + " nodes { id decision profile { id } } } videoAsset { reviewers { totalCount nodes { required profile { id"
            + " } } } } } }";
    private static final String NOTICED =
            "subscription { notificationReceived { cursor operation node { notificationType"
                    + " comment { id } videoVersion { id } } } }";
    private static final String AWAITING = "{ approvalsAwaitingMe { totalCount nodes { id } } }";

    private final Person maker = Work.user();
    private String client;
    private Person dana;
    private String video;
    private String version;

    @BeforeEach
    void aFilm() {
        client = Work.client();
        dana = Work.member(client);
        video = Work.video(Work.request(maker, "clientId", client));
        version = Work.version(video);
    }

    @Test
    void reviewersAreToldWhatWaitsForThemAndTheUploaderWhatBecameOfIt() {
        version = Work.version(video, "uploaded_by", maker.id());
        try (var socket = LiveClient.of(dana);
                var ours = LiveClient.of(maker)) {
            var asked = socket.subscribe(NOTICED);
            var told = ours.subscribe(NOTICED);
            for (var stream : List.of(asked, told)) stream.live();
            add(dana, true);
            assertNotice("APPROVAL_REQUESTED", version, asked.change());
            decide(dana, "APPROVED", null);
            assertNotice("APPROVED", version, told.change());
            assertEquals("DELETE", asked.change().getString("operation"));
            version = Work.version(video, "uploaded_by", maker.id());
            assertNotice("APPROVAL_REQUESTED", version, asked.change());
        }
        assertEquals(List.of("APPROVAL_REQUESTED " + version), notices(dana));
        Psql.column("delete from client_members where profile_id = ? returning profile_id", dana.id());
        assertEquals(List.of(), notices(dana));
    }

    private static void assertNotice(String type, String version, JsonObject change) {
        assertEquals("INSERT", change.getString("operation"));
        var notice = change.getJsonObject("node");
        assertEquals(type, notice.getString("notificationType"));
        assertEquals(version, notice.getJsonObject("videoVersion").getString("id"));
        assertNull(notice.getValue("comment"));
    }

    private static List<String> notices(Person person) {
        var found = person.get(
                "{ unreadNotificationCount notifications { nodes { notificationType videoVersion { id } } } }");
        var notices = found.getJsonObject("notifications").getJsonArray("nodes").stream()
                .map(JsonObject.class::cast)
                .map(notice -> notice.getString("notificationType") + " "
                        + notice.getJsonObject("videoVersion").getString("id"))
                .toList();
        assertEquals(notices.size(), found.getInteger("unreadNotificationCount"));
        return notices;
    }

    @Test
    void aReviewerIsAskedAndDecides() {
        var reviewer = add(dana, null);
        assertTrue(reviewer.getBoolean("required"));
        assertEquals(dana.id().toString(), reviewer.getJsonObject("profile").getString("id"));
        assertEquals(maker.id().toString(), reviewer.getJsonObject("addedBy").getString("id"));
        assertEquals(video, reviewer.getJsonObject("videoAsset").getString("id"));
        assertEquals("PENDING", state());
        assertEquals(List.of(version), awaiting(dana));
        var decision = decide(dana, "CHANGES_REQUESTED", "The logo is late");
        assertEquals("The logo is late", decision.getString("note"));
        assertNotNull(decision.getString("decidedAt"));
        assertEquals(dana.id().toString(), decision.getJsonObject("profile").getString("id"));
        assertEquals("CHANGES_REQUESTED", decision.getJsonObject("videoVersion").getString("approvalState"));
        assertEquals(List.of(), awaiting(dana));
        var changed = decide(dana, "APPROVED", null);
        assertEquals(decision.getString("id"), changed.getString("id"));
        assertEquals(changed, decide(dana, "APPROVED", null));
        assertEquals("APPROVED", state());
        var seen = read().getJsonObject("approvals");
        assertEquals(1, seen.getInteger("totalCount"));
        assertEquals(List.of(decision.getString("id")), Walk.ids(seen));
    }

    @Test
    void aNewVersionAsksAnewAndOnlyTheNewestWaits() {
        add(dana, true);
        decide(dana, "APPROVED", null);
        var next = Work.version(video);
        assertEquals("APPROVED", state());
        assertEquals(List.of(next), awaiting(dana));
        version = next;
        assertEquals("PENDING", state());
        var other = Work.video(Work.request(maker, "clientId", client));
        maker.get(ADD, Work.map("video", other, "who", dana.id().toString()));
        assertEquals(List.of(next), awaiting(dana));
        var later = Work.version(other);
        assertEquals(List.of(next, later), awaiting(dana));
        Psql.column("update video_assets set deleted_at = now() where id = ?::uuid returning id", other);
        assertEquals(List.of(next), awaiting(dana));
    }

    @Test
    void aDecisionCanBeTakenBack() {
        add(dana, true);
        decide(dana, "APPROVED", null);
        for (var i = 0; i < 2; i++)
            assertEquals(
                    "PENDING",
                    dana.get(WITHDRAW, Work.map("version", version))
                            .getJsonObject("withdrawApproval")
                            .getString("approvalState"));
        assertEquals(List.of(version), awaiting(dana));
        decide(dana, "APPROVED", null);
        maker.get(WITHDRAW, Work.map("version", version));
        assertEquals("APPROVED", state());
    }

    @Test
    void whoIsNotRequiredAnyMoreDoesNotCount() {
        add(dana, true);
        add(maker, true);
        decide(maker, "APPROVED", null);
        assertFalse(add(dana, false).getBoolean("required"));
        assertEquals("APPROVED", state());
        var left = maker.get(REMOVE, Work.map("video", video, "who", maker.id().toString()))
                .getJsonObject("removeVideoReviewer")
                .getJsonObject("reviewers");
        assertEquals(1, left.getJsonArray("nodes").size());
        assertEquals("NOT_REQUIRED", state());
    }

    @Test
    void onlyReviewersDecide() {
        for (var person : List.of(maker, dana, Work.admin()))
            assertEquals("FORBIDDEN", person.code(DECIDE, Work.map("version", version, "decision", "APPROVED")));
        assertEquals("NOT_FOUND", Work.stranger().code(DECIDE, Work.map("version", version, "decision", "APPROVED")));
        assertEquals("NOT_FOUND", Work.stranger().code(WITHDRAW, Work.map("version", version)));
        add(dana, true);
        var error = dana.error(DECIDE, Work.map("version", version, "decision", "APPROVED", "note", "x".repeat(5_001)));
        assertEquals("VALIDATION_FAILED", error.getString("code"));
        assertEquals("note", error.getString("field"));
    }

    @Test
    void staffWhoMayChangeTheRequestChooseTheReviewers() {
        var input = Work.map("video", video, "who", dana.id().toString());
        for (var person : List.of(Work.user(), dana)) assertEquals("FORBIDDEN", person.code(ADD, input));
        assertEquals("NOT_FOUND", Work.stranger().code(ADD, input));
        assertEquals("NOT_FOUND", maker.code(REMOVE, input));
        add(dana, true);
        for (var person : List.of(Work.user(), dana)) assertEquals("FORBIDDEN", person.code(REMOVE, input));
        assertEquals("NOT_FOUND", Work.stranger().code(REMOVE, input));
        for (var who : List.of(Work.stranger().id(), UUID.randomUUID())) {
            var error = maker.error(ADD, Work.map("video", video, "who", who.toString()));
            assertEquals("VALIDATION_FAILED", error.getString("code"));
            assertEquals("profileId", error.getString("field"));
        }
    }

    @Test
    void decisionsAreToldLiveToWhoeverSeesTheVersion() {
        add(dana, true);
        var document = "subscription($id: ID!) { approvalChanged(videoVersionId: $id) { cursor operation id node {"
                + " decision profile { id } videoVersion { approvalState } } } }";
        try (var socket = LiveClient.of(maker)) {
            var stream = socket.subscribe(document, Work.map("id", version));
            stream.live();
            decide(dana, "APPROVED", null);
            var made = stream.change();
            assertEquals("INSERT", made.getString("operation"));
            assertEquals("APPROVED", made.getJsonObject("node").getString("decision"));
            assertEquals(
                    "APPROVED",
                    made.getJsonObject("node").getJsonObject("videoVersion").getString("approvalState"));
            dana.get(WITHDRAW, Work.map("version", version));
            assertEquals("DELETE", stream.change().getString("operation"));
        }
    }

    @Test
    void whoFollowsApprovalsHearsThatSomebodyDoesNotCountAnyMore() {
        add(dana, true);
        try (var socket = LiveClient.of(maker)) {
            var stream = socket.subscribe(CHANGED, Work.map("id", version));
            stream.live();
            leave(dana);
            // there is no decision of the version that it could be told of
            assertEquals("DELETE", stream.change().getString("operation"));
            assertEquals("NOT_REQUIRED", state());
            come(dana);
            assertEquals("DELETE", stream.change().getString("operation"));
            assertEquals("PENDING", state());
            var decision = decide(dana, "CHANGES_REQUESTED", null).getString("id");
            assertEquals("INSERT", stream.change().getString("operation"));
            leave(dana);
            assertStateChanged(decision, stream.change());
            come(dana);
            assertStateChanged(decision, stream.change());
            add(dana, false);
            assertStateChanged(decision, stream.change());
            assertEquals("NOT_REQUIRED", state());
            // nothing changes by this, so nothing is told before what comes after
            leave(dana);
            add(maker, true);
            assertStateChanged(decision, stream.change());
            assertEquals("PENDING", state());
        }
    }

    @Test
    void whoFollowsApprovalsHearsThatTheVideoWentToPeopleWhoHaveNotDecidedYet() {
        add(dana, true);
        var decision = decide(dana, "APPROVED", null).getString("id");
        var others = Work.client();
        for (var i = 0; i < 2; i++) reviewer(Work.member(others));
        var elsewhere = Work.request(maker, "clientId", others);
        assertEquals("APPROVED", state());
        try (var socket = LiveClient.of(maker)) {
            var stream = socket.subscribe(CHANGED, Work.map("id", version));
            stream.live();
            Psql.column("update requests set client_id = ?::uuid where id = ?::uuid returning id", others, request());
            assertStateChanged(decision, stream.change());
            assertEquals("PENDING", state());
            Psql.column("update requests set client_id = ?::uuid where id = ?::uuid returning id", client, request());
            assertStateChanged(decision, stream.change());
            assertEquals("APPROVED", state());
            Psql.column(
                    "update video_assets set project_id = ?::uuid where id = ?::uuid returning id", elsewhere, video);
            assertStateChanged(decision, stream.change());
            assertEquals("PENDING", state());
        }
    }

    @Test
    void whoFollowsApprovalsHearsThatSeveralCameOrWentAtOnce() {
        add(dana, true);
        var decision = decide(dana, "APPROVED", null).getString("id");
        var people = List.of(Work.member(Work.client()), Work.member(Work.client()));
        people.forEach(this::reviewer);
        var ids = people.stream().map(Person::id).toArray(UUID[]::new);
        try (var socket = LiveClient.of(maker)) {
            var stream = socket.subscribe(CHANGED, Work.map("id", version));
            stream.live();
            Psql.column(
                    "insert into client_members (client_id, profile_id) select ?::uuid, unnest(?) returning profile_id",
                    client,
                    ids);
            assertStateChanged(decision, stream.change());
            assertEquals("PENDING", state());
            Psql.column(
                    "delete from client_members where client_id = ?::uuid and profile_id = any(?) returning profile_id",
                    client,
                    ids);
            assertStateChanged(decision, stream.change());
            assertEquals("APPROVED", state());
            Psql.column("update profiles set role = 'user' where id = any(?) returning id", (Object) ids);
            assertStateChanged(decision, stream.change());
            assertEquals("PENDING", state());
            Psql.column("delete from video_reviewers where profile_id = any(?) returning id", (Object) ids);
            assertStateChanged(decision, stream.change());
            assertEquals("APPROVED", state());
        }
    }

    @Test
    void whoFollowsApprovalsHearsNothingOfAMoveThatLeavesTheStateAsItIs() {
        add(dana, true);
        add(maker, true);
        var others = Work.client();
        reviewer(Work.member(others));
        try (var socket = LiveClient.of(maker)) {
            var stream = socket.subscribe(CHANGED, Work.map("id", version));
            stream.live();
            Psql.column("update requests set client_id = ?::uuid where id = ?::uuid returning id", others, request());
            assertEquals("PENDING", state());
            var decision = decide(maker, "CHANGES_REQUESTED", null).getString("id");
            var change = stream.change();
            assertEquals("INSERT", change.getString("operation"), change::encode);
            assertEquals(decision, change.getString("id"));
        }
    }

    private String request() {
        return Psql.column("select project_id from video_assets where id = ?::uuid", video)
                .get(0);
    }

    /** Somebody who will review the video once they may see it. */
    private void reviewer(Person who) {
        Psql.column(
                "insert into client_members (client_id, profile_id) values (?::uuid, ?) returning profile_id",
                client,
                who.id());
        add(who, true);
        Psql.column(
                "delete from client_members where client_id = ?::uuid and profile_id = ? returning profile_id",
                client,
                who.id());
    }

    private static void assertStateChanged(String decision, JsonObject change) {
        assertEquals("UPDATE", change.getString("operation"), change::encode);
        assertEquals(decision, change.getString("id"));
        assertEquals(
                List.of("approvalState"), change.getJsonArray("changedFields").getList());
        assertEquals(decision, change.getJsonObject("node").getString("id"));
    }

    private static void leave(Person who) {
        Psql.column("delete from client_members where profile_id = ? returning profile_id", who.id());
    }

    private void come(Person who) {
        Psql.column(
                "insert into client_members (client_id, profile_id) values (?::uuid, ?) returning profile_id",
                client,
                who.id());
    }

    private JsonObject add(Person who, Boolean required) {
        return maker.get(ADD, Work.map("video", video, "who", who.id().toString(), "required", required))
                .getJsonObject("addVideoReviewer");
    }

    private JsonObject decide(Person who, String decision, String note) {
        return who.get(DECIDE, Work.map("version", version, "decision", decision, "note", note))
                .getJsonObject("decideApproval");
    }

    private JsonObject read() {
        return maker.get(READ, Work.map("id", version)).getJsonObject("videoVersion");
    }

    private String state() {
        return read().getString("approvalState");
    }

    private static List<String> awaiting(Person who) {
        var found = who.get(AWAITING).getJsonObject("approvalsAwaitingMe");
        assertEquals(Walk.ids(found).size(), found.getInteger("totalCount"));
        return Walk.ids(found);
    }
}
