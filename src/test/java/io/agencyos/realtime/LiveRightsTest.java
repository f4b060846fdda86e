package io.agencyos.realtime;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Person;
import io.agencyos.testing.TestDatabase;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.agencyos.realtime.LiveRow.COMMENT_NOTIFICATION;
import static io.agencyos.realtime.LiveRow.REQUEST;
import static io.agencyos.realtime.LiveRow.SLACK_MENTION;
import static io.agencyos.realtime.LiveRow.SLACK_MESSAGE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

/**
 * Of each live table everybody hears of their own and of nothing else. That somebody does not hear of a change is proven
 * by a later one of which they do hear, with nothing before it.
 */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class LiveRightsTest extends LiveListening {

    /** The tables whose rows are a person's, and no client's. */
    private static final String OF_PERSONS = "SLACK_MESSAGE|SLACK_MENTION|COMMENT_NOTIFICATION";

    private static final String LEAVE =
            "mutation($c: ID!, $p: ID!) { removeClientMember(clientId: $c, profileId: $p) { id } }";
    private static final String JOIN =
            "mutation($c: ID!, $p: ID!) { addClientMember(clientId: $c, profileId: $p) { id } }";

    @ParameterizedTest
    @EnumSource
    void oneHearsOfOnesOwn(LiveRow row) {
        var own = row.ground();
        var stream = live(row, own.reader());
        var id = row.make(own);
        assertTold("INSERT", id, stream.change());
        row.change(id);
        assertTold("UPDATE", id, stream.change());
        row.remove(id);
        assertTold("DELETE", id, stream.change());
    }

    @ParameterizedTest
    @EnumSource
    void nobodyHearsOfWhatIsOthers(LiveRow row) {
        var own = row.ground();
        var others = row.ground();
        var stream = live(row, own.reader());
        var id = row.make(others);
        row.change(id);
        row.remove(id);
        assertNextIsSentinel(stream, row, own);
    }

    @ParameterizedTest
    @EnumSource
    void nobodyHearsThatOthersAreGoneWithTheirRequest(LiveRow row) {
        var own = row.ground();
        var others = row.ground();
        row.make(others);
        var stream = live(row, own.reader());
        removeRequest(others);
        assertNextIsSentinel(stream, row, own);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"REQUEST", "SLACK_MESSAGE", "SLACK_MENTION"},
            mode = EnumSource.Mode.EXCLUDE)
    void oneHearsThatOnesOwnIsGoneWithItsRequest(LiveRow row) {
        var own = row.ground();
        var id = row.make(own);
        var stream = live(row, own.reader());
        removeRequest(own);
        var gone = stream.change();
        while (!id.equals(gone.getString("id"))) gone = stream.change();
        assertTold("DELETE", id, gone);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = OF_PERSONS)
    void peopleWithoutAnyClientHearOfNothingAtAllUntilTheyAreToldToReadAnew(LiveRow row) {
        var stranger = Work.stranger();
        var others = row.ground();
        var theirs = row.ground();
        var stream = live(row, stranger);
        row.remove(row.make(others));
        removeRequest(others);
        change(JOIN, theirs, stranger);
        assertEquals("RESYNC_REQUIRED", stream.errorCode());
        assertNextIsSentinel(live(row, stranger), row, theirs);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = OF_PERSONS)
    void theStreamOfWhoIsRemovedInTheMiddleEnds(LiveRow row) {
        var left = row.ground();
        var kept = row.ground();
        change(JOIN, kept, left.reader());
        var stream = live(row, left.reader());
        var seen = row.make(left);
        assertTold("INSERT", seen, stream.change());
        change(LEAVE, left, left.reader());
        var later = touchAll(row, left, seen);
        assertEnds(stream, later);
        assertNextIsSentinel(live(row, left.reader()), row, kept);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = OF_PERSONS)
    void anOldCursorDoesNotBringBackWhatOneMayNoLongerSee(LiveRow row) {
        var left = row.ground();
        var kept = row.ground();
        change(JOIN, kept, left.reader());
        var first = socket(left.reader());
        var cursor = first.subscribe(row.document(false)).live();
        first.close();
        var missed = row.make(left);
        change(LEAVE, left, left.reader());
        var later = touchAll(row, left, missed);
        var stream = socket(left.reader()).subscribe(row.document(false), Map.of("after", cursor));
        assertEnds(stream, later);
        assertNextIsSentinel(live(row, left.reader()), row, kept);
    }

    @ParameterizedTest
    @EnumSource
    void anothersCursorBringsNothingOfTheirs(LiveRow row) {
        var own = row.ground();
        var others = row.ground();
        var theirs = socket(others.reader());
        var cursor = theirs.subscribe(row.document(false)).live();
        row.change(row.make(others));
        var stream = socket(own.reader()).subscribe(row.document(false), Map.of("after", cursor));
        stream.live();
        assertNextIsSentinel(stream, row, own);
    }

    @ParameterizedTest
    @EnumSource(names = {"COMMENT", "TIMECODE_COMMENT"})
    void whatIsInternalNeverReachesAClient(LiveRow row) {
        var own = row.ground();
        var stream = live(row, own.reader());
        var colleague = live(row, Work.user());
        var id = row.makeInternal(own);
        assertTold("INSERT", id, next(colleague, id));
        row.change(id);
        assertTold("UPDATE", id, next(colleague, id));
        row.remove(id);
        assertTold("DELETE", id, next(colleague, id));
        assertNextIsSentinel(stream, row, own);
    }

    @ParameterizedTest
    @EnumSource(names = {"COMMENT", "TIMECODE_COMMENT"})
    void whatIsInternalDoesNotReachAClientWhenItGoesWithItsRequest(LiveRow row) {
        var own = row.ground();
        var kept = row.ground();
        change(JOIN, kept, own.reader());
        var hidden = row.makeInternal(own);
        var stream = live(row, own.reader());
        removeRequest(own);
        var sentinel = row.make(kept);
        for (var told = stream.change(); !sentinel.equals(told.getString("id")); told = stream.change())
            assertEquals(false, hidden.equals(told.getString("id")), told.encode());
    }

    @ParameterizedTest
    @EnumSource(names = {"COMMENT", "TIMECODE_COMMENT"})
    void whatTurnsInternalIsGoneForTheClient(LiveRow row) {
        var own = row.ground();
        var id = row.make(own);
        var stream = live(row, own.reader());
        row.makeInternal(id);
        assertTold("DELETE", id, stream.change());
        row.change(id);
        row.remove(id);
        assertNextIsSentinel(stream, row, own);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = OF_PERSONS + "|REQUEST")
    void underAScopeOneHearsOnlyOfWhatIsUnderIt(LiveRow row) {
        var own = row.ground();
        var beside = own.beside();
        for (var who : List.of(own.reader(), Work.user())) {
            var stream = socket(who).subscribe(row.document(true), Map.of("scope", row.scopeIn(own)));
            stream.live();
            row.change(row.make(beside));
            assertNextIsSentinel(stream, row, own);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = OF_PERSONS + "|REQUEST")
    void theStreamsOfWhatHangsOnARequestEndWhenItMovesToAnotherClient(LiveRow row) {
        var moved = row.ground();
        var other = row.ground();
        var unscoped = live(row, moved.reader());
        var gaining = live(row, other.reader());
        var scoped = socket(moved.reader()).subscribe(row.document(true), Map.of("scope", row.scopeIn(moved)));
        scoped.live();
        var staff = live(row, Work.user());
        assertNotNull(Ground.add(
                "update requests set client_id = ?::uuid where id = ?::uuid returning id",
                other.client(),
                moved.request()));
        for (var stream : List.of(unscoped, gaining, scoped)) assertEquals("RESYNC_REQUIRED", stream.errorCode());
        var sentinel = row.make(moved);
        assertTold("INSERT", sentinel, next(staff, sentinel));
    }

    @Test
    void theStreamsOfWhatHangsOnARequestEndWhenItComesToAClientOutOfNothing() {
        var own = LiveRow.COMMENT.ground();
        var free = Ground.add("insert into requests (title, request_type) values ('Free', 'creative') returning id");
        var stream = live(LiveRow.COMMENT, own.reader());
        Ground.add("update requests set client_id = ?::uuid where id = ?::uuid returning id", own.client(), free);
        assertEquals("RESYNC_REQUIRED", stream.errorCode());
    }

    @Test
    void aRequestThatMovedWhileOneWasAwayAsksToReadAnew() {
        var own = LiveRow.COMMENT.ground();
        var other = LiveRow.COMMENT.ground();
        var readers = List.of(own.reader(), other.reader());
        var cursors = readers.stream()
                .map(reader -> cursor(reader, LiveRow.COMMENT, Map.of()))
                .toList();
        move(own.request(), other);
        for (var i = 0; i < readers.size(); i++) {
            var stream = resumed(readers.get(i), LiveRow.COMMENT, Map.of("after", cursors.get(i)));
            assertEquals("RESYNC_REQUIRED", stream.errorCode());
            assertNextIsSentinel(live(LiveRow.COMMENT, readers.get(i)), LiveRow.COMMENT, i == 0 ? own.beside() : other);
        }
    }

    @Test
    void aMoveThatIsNotBelowTheHorizonYetIsHeardOfByWhoComesBackMeanwhile() throws SQLException {
        var own = LiveRow.COMMENT.ground();
        var cursor = cursor(own.reader(), LiveRow.COMMENT, Map.of());
        try (var early = TestDatabase.connect("postgres", AgencyResource.DATABASE)) {
            early.setAutoCommit(false);
            early.createStatement().execute("insert into clients (name) values ('Began before')");
            move(own.request(), LiveRow.COMMENT.ground());
            var stream = resumed(own.reader(), LiveRow.COMMENT, Map.of("after", cursor));
            assertFalse(stream.hasMessage());
            early.commit();
            assertEquals("RESYNC_REQUIRED", stream.errorCode());
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = OF_PERSONS + "|REQUEST")
    void whoFollowsWhatWentToAnotherClientAndIsBackReadsAnewSinceTheyHeardOfNothingThere(LiveRow row)
            throws SQLException {
        var own = row.ground();
        var scope = Map.<String, Object>of("scope", row.scopeIn(own));
        var cursor = cursor(own.reader(), row, scope);
        var stream = resumed(own.reader(), row, scope);
        try (var sql = TestDatabase.connect("postgres", AgencyResource.DATABASE)) {
            sql.setAutoCommit(false);
            for (var client : List.of(row.ground().client(), own.client()))
                sql.createStatement()
                        .execute("update requests set client_id = '%s' where id = '%s'"
                                .formatted(client, own.request()));
            sql.commit();
        }
        assertEquals("RESYNC_REQUIRED", stream.errorCode());
        var again = resumed(own.reader(), row, Map.of("scope", row.scopeIn(own), "after", cursor));
        assertEquals("RESYNC_REQUIRED", again.errorCode());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = OF_PERSONS)
    void whomAMoveDoesNotConcernGoesOnBehindIt(LiveRow row) {
        var own = row.ground();
        var moved = own.beside();
        var staff = Work.user();
        var scope = row == REQUEST ? Map.<String, Object>of() : Map.<String, Object>of("scope", row.scopeIn(own));
        var cursor = cursor(own.reader(), row, scope);
        var everything = cursor(staff, row, Map.of());
        move(moved.request(), row.ground());
        var missed = row.make(own);
        var variables = new HashMap<>(scope);
        variables.put("after", cursor);
        assertTold("INSERT", missed, next(resumed(own.reader(), row, variables), missed));
        assertTold("INSERT", missed, next(resumed(staff, row, Map.of("after", everything)), missed));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = OF_PERSONS)
    void whoIsAMemberOfBothClientsGoesOnWhenSomethingMovesBetweenThem(LiveRow row) {
        var own = row.ground();
        var second = row.ground();
        memberOf(own.reader(), second);
        var scope = row == REQUEST ? Map.<String, Object>of() : Map.<String, Object>of("scope", row.scopeIn(own));
        var cursor = cursor(own.reader(), row, Map.of());
        var streams =
                List.of(live(row, own.reader()), socket(own.reader()).subscribe(row.document(!scope.isEmpty()), scope));
        streams.get(1).live();
        move(own.request(), second);
        var sentinel = row == REQUEST ? own.request() : row.make(own);
        for (var stream : streams) next(stream, sentinel);
        next(resumed(own.reader(), row, Map.of("after", cursor)), sentinel);
    }

    @Test
    void whoIsAMemberOfBothClientsReadsAnewWhenItWentByAThird() {
        var own = LiveRow.COMMENT.ground();
        var second = LiveRow.COMMENT.ground();
        memberOf(own.reader(), second);
        var cursor = cursor(own.reader(), LiveRow.COMMENT, Map.of());
        move(own.request(), LiveRow.COMMENT.ground());
        LiveRow.COMMENT.make(own);
        move(own.request(), second);
        var stream = resumed(own.reader(), LiveRow.COMMENT, Map.of("after", cursor));
        assertEquals("RESYNC_REQUIRED", stream.errorCode());
    }

    private static void memberOf(Person person, Ground of) {
        Work.admin().get(JOIN, Map.of("c", of.client(), "p", person.id().toString()));
    }

    @Test
    void nothingBehindAMoveIsToldBeforeTheMoveSinceOneCouldResumeBehindIt() throws SQLException {
        var own = LiveRow.COMMENT.ground();
        var beside = own.beside();
        var hidden = LiveRow.COMMENT.make(own);
        var seen = LiveRow.COMMENT.make(beside);
        var stream = live(LiveRow.COMMENT, own.reader());
        try (var sql = TestDatabase.connect("postgres", AgencyResource.DATABASE)) {
            sql.setAutoCommit(false);
            var statement = sql.createStatement();
            var to = "update requests set client_id = '%s' where id = '" + own.request() + "'";
            statement.execute(to.formatted(REQUEST.ground().client()));
            statement.execute("update comments set content = 'elsewhere' where id = '" + hidden + "'");
            statement.execute(to.formatted(own.client()));
            statement.execute("update comments set content = 'here' where id = '" + seen + "'");
            sql.commit();
        }
        assertEquals("RESYNC_REQUIRED", stream.errorCode());
    }

    @Test
    void aVideoThatLeavesItsRequestEndsTheClientsStreamsAndIsToldToTheStaff() {
        var own = LiveRow.VIDEO_ASSET.ground();
        var client = live(LiveRow.VIDEO_ASSET, own.reader());
        var versions = resumed(own.reader(), LiveRow.VIDEO_VERSION, Map.of("scope", own.video()));
        var staff = resumed(Work.user(), LiveRow.VIDEO_ASSET, Map.of("scope", own.request()));
        Ground.add("update video_assets set project_id = null where id = ?::uuid returning id", own.video());
        assertEquals("RESYNC_REQUIRED", client.errorCode());
        assertEquals("RESYNC_REQUIRED", versions.errorCode());
        assertTold("DELETE", own.video(), staff.change());
    }

    @ParameterizedTest
    @EnumSource(
            value = LiveRow.class,
            names = {"VIDEO_VERSION", "TIMECODE_COMMENT"})
    void theStreamsOfWhatHangsOnAVideoEndWhenItIsRemovedAndWhenItIsBroughtBack(LiveRow row) {
        var own = row.ground();
        var wide = live(row, own.reader());
        var narrow =
                resumed(own.reader(), row, Map.of("scope", row == LiveRow.VIDEO_VERSION ? own.video() : own.version()));
        var staff = live(row, Work.user());
        remove(own, "now()");
        assertEquals("RESYNC_REQUIRED", wide.errorCode());
        assertEquals("RESYNC_REQUIRED", narrow.errorCode());
        var between = live(row, own.reader());
        var hidden = row.make(own);
        next(staff, hidden);
        remove(own, "null");
        // nothing was told of what nobody outside may know of
        assertEquals("RESYNC_REQUIRED", between.errorCode());
        assertNextIsSentinel(live(row, own.reader()), row, own);
    }

    @Test
    void whoWasAwayWhenAVideoWasRemovedAndBroughtBackReadsAnew() {
        var own = LiveRow.TIMECODE_COMMENT.ground();
        var cursor = cursor(own.reader(), LiveRow.TIMECODE_COMMENT, Map.of());
        remove(own, "now()");
        LiveRow.TIMECODE_COMMENT.make(own);
        remove(own, "null");
        var resumed = resumed(own.reader(), LiveRow.TIMECODE_COMMENT, Map.of("after", cursor));
        assertEquals("RESYNC_REQUIRED", resumed.errorCode());
    }

    @Test
    void aRemovedVideoEndsNoStreamOfOtherThings() {
        var own = LiveRow.COMMENT.ground();
        var stream = live(LiveRow.COMMENT, own.reader());
        remove(own, "now()");
        assertNextIsSentinel(stream, LiveRow.COMMENT, own);
    }

    private static void remove(Ground own, String when) {
        Ground.add("update video_assets set deleted_at = " + when + " where id = ?::uuid returning id", own.video());
    }

    @Test
    void aVersionThatGoesToAnotherVideoOfTheRequestEndsNoStreamOfOtherThings() {
        var own = LiveRow.COMMENT.ground();
        var stream = live(LiveRow.COMMENT, own.reader());
        var other = LiveRow.VIDEO_ASSET.make(own);
        // the one before is not current any more
        LiveRow.VIDEO_VERSION.make(own);
        Ground.add(
                "update video_versions set video_asset_id = ?::uuid, version_number = 7 where id = ?::uuid returning id",
                other,
                own.version());
        assertNextIsSentinel(stream, LiveRow.COMMENT, own);
    }

    @Test
    void staffGoOnFollowingWhatMovesToAnotherRequest() {
        var own = LiveRow.TIMECODE_COMMENT.ground();
        var stream = resumed(Work.user(), LiveRow.TIMECODE_COMMENT, Map.of("scope", own.version()));
        Ground.add(
                "update video_assets set project_id = ?::uuid where id = ?::uuid returning id",
                REQUEST.ground().request(),
                own.video());
        for (var i = 0; i < 3; i++) assertNextIsSentinel(stream, LiveRow.TIMECODE_COMMENT, own);
    }

    @Test
    void whoHasComeToSeeMoreHearsOfItThoughAnOldStreamOfTheirsIsStillThere() {
        var own = REQUEST.ground();
        var gained = REQUEST.ground();
        var old = live(REQUEST, own.reader());
        Ground.add(
                "insert into client_members (client_id, profile_id) values (?::uuid, ?) returning profile_id",
                gained.client(),
                own.readerId());
        var fresh = live(REQUEST, own.reader());
        assertEquals("RESYNC_REQUIRED", old.errorCode());
        assertNextIsSentinel(fresh, REQUEST, gained);
    }

    @Test
    void commentsCanBeFollowedByTheirAsset() {
        var own = LiveRow.COMMENT.ground();
        var beside = own.beside();
        var stream = socket(own.reader())
                .subscribe(
                        "subscription($asset: ID, $request: ID) { commentChanged(assetId: $asset, requestId: $request)"
                                + " { operation id cursor node { id } } }",
                        Map.of("asset", own.asset(), "request", own.request()));
        stream.live();
        Work.comment(own.reader(), own.request());
        LiveRow.COMMENT.make(beside);
        assertNextIsSentinel(stream, LiveRow.COMMENT, own);
    }

    @Test
    void aCommentThatLeavesTheAssetIsHeardOfOnceMoreByWhoFollowsTheAsset() {
        var own = LiveRow.COMMENT.ground();
        var id = LiveRow.COMMENT.make(own);
        var moved = LiveRow.COMMENT.make(own);
        for (var who : List.of(own.reader(), Work.user())) {
            for (var request : Arrays.asList(null, own.request())) {
                var stream = commentsOn(own.asset(), request, who);
                Ground.add("update comments set asset_id = null where id = ?::uuid returning id", id);
                assertTold("DELETE", id, stream.change());
                LiveRow.COMMENT.change(id);
                Ground.add("update comments set asset_id = ?::uuid where id = ?::uuid returning id", own.asset(), id);
                assertTold("UPDATE", id, stream.change());
            }
        }
        var stream = commentsOn(own.asset(), own.request(), own.reader());
        LiveRow.COMMENT.move(moved, own.beside());
        assertTold("DELETE", moved, stream.change());
        assertNextIsSentinel(stream, LiveRow.COMMENT, own);
    }

    private LiveClient.Stream commentsOn(String asset, String request, Person who) {
        var stream = socket(who)
                .subscribe(
                        "subscription($asset: ID, $request: ID) { commentChanged(assetId: $asset, requestId: $request)"
                                + " { operation id cursor node { id } } }",
                        Work.map("asset", asset, "request", request));
        stream.live();
        return stream;
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = OF_PERSONS + "|REQUEST")
    void whatLeavesTheScopeByPlainSqlIsHeardOfOnceMore(LiveRow row) {
        var own = row.ground();
        var beside = own.beside();
        for (var who : List.of(own.reader(), Work.user())) {
            var id = row.make(own);
            row.make(own); // of a video the current version stays
            var stream = resumed(who, row, Map.of("scope", row.scopeIn(own)));
            var there = resumed(who, row, Map.of("scope", row.scopeIn(beside)));
            row.move(id, beside);
            assertTold("DELETE", id, next(stream, id));
            assertTold("UPDATE", id, next(there, id));
            row.change(id);
            row.remove(id);
            next(stream, row.make(own));
        }
    }

    @Test
    void aMentionThatComesToBeSomebodyElsesIsGoneForWhomItMentionedBefore() {
        var own = SLACK_MENTION.ground();
        var other = SLACK_MENTION.ground();
        var id = SLACK_MENTION.make(own);
        var stream = live(SLACK_MENTION, own.reader());
        Ground.add("update user_mentions set user_slack_id = ? where id = ?::uuid returning id", other.slackId(), id);
        assertTold("DELETE", id, stream.change());
        assertNextIsSentinel(stream, SLACK_MENTION, own);
    }

    @ParameterizedTest
    @EnumSource(names = {"COMMENT", "TIMECODE_COMMENT"})
    void whatIsMovedAndOpenedAtOnceIsNoNewsWhereItWasHidden(LiveRow row) {
        var own = row.ground();
        var other = row.ground();
        var staff = Work.user();
        memberOf(own.reader(), other);
        var id = row.makeInternal(own);
        var narrow = resumed(own.reader(), row, Map.of("scope", row.scopeIn(own)));
        var left = resumed(staff, row, Map.of("scope", row.scopeIn(own)));
        var gained = live(row, other.reader());
        row.moveAnd(id, other, "is_internal = false");
        assertTold("DELETE", id, left.change());
        assertTold("UPDATE", id, gained.change());
        assertNextIsSentinel(narrow, row, own);
    }

    @ParameterizedTest
    @EnumSource(
            value = LiveRow.class,
            names = {"VIDEO_VERSION", "TIMECODE_COMMENT", "VERSION_APPROVAL"})
    void aVersionThatGoesUnderARemovedVideoAndComesBackEndsTheClientsStreams(LiveRow row) {
        var own = row.ground();
        var removed = own.beside();
        LiveRow.VIDEO_VERSION.make(own); // the current version stays with its video
        remove(removed, "now()");
        var cursor = cursor(own.reader(), row, Map.of());
        var wide = live(row, own.reader());
        var narrow =
                resumed(own.reader(), row, Map.of("scope", row == LiveRow.VIDEO_VERSION ? own.video() : own.version()));
        var staff = live(row, Work.user());
        put(own.version(), removed.video(), 7);
        assertEquals("RESYNC_REQUIRED", wide.errorCode());
        if (row != LiveRow.VIDEO_VERSION) assertEquals("RESYNC_REQUIRED", narrow.errorCode());
        var between = live(row, own.reader());
        var hidden = row.make(row == LiveRow.VIDEO_VERSION ? removed : own);
        next(staff, hidden);
        put(own.version(), own.video(), 8);
        assertEquals("RESYNC_REQUIRED", between.errorCode());
        var again = resumed(own.reader(), row, Map.of("after", cursor));
        assertEquals("RESYNC_REQUIRED", again.errorCode());
        var sentinel = row.make(own);
        assertTold("INSERT", sentinel, next(staff, sentinel));
    }

    private static void put(String version, String video, int number) {
        Ground.add(
                "update video_versions set video_asset_id = ?::uuid, version_number = ? where id = ?::uuid returning id",
                video,
                number,
                version);
    }

    @Test
    void clientsHearOnceThatAVideoIsRemovedAndNothingOfItThen() {
        var own = LiveRow.VIDEO_ASSET.ground();
        var stream = live(LiveRow.VIDEO_ASSET, own.reader());
        remove(own, "now()");
        assertTold("DELETE", own.video(), stream.change());
        LiveRow.VIDEO_ASSET.change(own.video());
        var versions = live(LiveRow.VIDEO_VERSION, own.reader());
        var remarks = live(LiveRow.TIMECODE_COMMENT, own.reader());
        var staff = live(LiveRow.VIDEO_ASSET, Work.user());
        LiveRow.VIDEO_ASSET.remove(own.video());
        assertTold("DELETE", own.video(), next(staff, own.video()));
        assertNextIsSentinel(stream, LiveRow.VIDEO_ASSET, own);
        var beside = own.beside();
        next(versions, beside.version());
        next(remarks, beside.comment());
    }

    @Test
    void anAdministratorHearsOfTheirOwnNoticesOnly() {
        var admin = Work.admin();
        var own = live(COMMENT_NOTIFICATION, admin);
        var others = COMMENT_NOTIFICATION.ground();
        var id = COMMENT_NOTIFICATION.make(others);
        COMMENT_NOTIFICATION.change(id);
        COMMENT_NOTIFICATION.remove(id);
        var sentinel = Ground.add(
                "insert into comment_notifications (user_id, comment_id, notification_type)"
                        + " values (?, ?::uuid, 'reply') returning id",
                admin.id(),
                others.comment());
        assertTold("INSERT", sentinel, own.change());
    }

    @Test
    void aMessageThatNoLongerMentionsOneIsHeardOfNoMore() {
        var own = SLACK_MESSAGE.ground();
        var id = SLACK_MESSAGE.make(own);
        var stream = live(SLACK_MESSAGE, own.reader());
        var mentions = live(SLACK_MENTION, own.reader());
        var mention = Ground.add("delete from user_mentions where message_id = ? returning id", id);
        assertTold("DELETE", mention, mentions.change());
        SLACK_MESSAGE.change(id);
        SLACK_MESSAGE.remove(id);
        assertNextIsSentinel(stream, SLACK_MESSAGE, own);
    }

    private static void move(String request, Ground to) {
        Ground.add("update requests set client_id = ?::uuid where id = ?::uuid returning id", to.client(), request);
    }

    /** That what could be seen is gone may be told before the stream ends, but nothing of what was made later. */
    private static void assertEnds(LiveClient.Stream stream, String later) {
        for (var message = stream.message(); !isResync(message); message = stream.message()) {
            var change = changeIn(message);
            assertEquals("DELETE", change.getString("operation"), change.encode());
            assertNotEquals(later, change.getString("id"));
            assertNull(change.getJsonObject("node"));
        }
    }

    private static JsonObject changeIn(JsonObject message) {
        return message.getJsonObject("payload").getJsonObject("data").getJsonObject("changes");
    }

    /** Whether the stream ends since the viewer's rights have changed. */
    private static boolean isResync(JsonObject message) {
        var errors = message.getValue("payload") instanceof JsonObject result
                ? result.getJsonArray("errors")
                : message.getJsonArray("payload");
        if (errors == null) return false;
        var code = errors.getJsonObject(0).getJsonObject("extensions").getString("code");
        assertEquals("RESYNC_REQUIRED", code, message.encode());
        return true;
    }

    /** All that can happen to rows of a client whom one has left; answers the id of one that is made meanwhile. */
    private static String touchAll(LiveRow row, Ground left, String seen) {
        row.change(seen);
        var later = row.make(left);
        row.change(later);
        row.remove(seen);
        removeRequest(left);
        return later;
    }

    private static void removeRequest(Ground ground) {
        assertNotNull(Ground.add("delete from requests where id = ?::uuid returning id", ground.request()));
    }

    private static void change(String mutation, Ground of, Person who) {
        Work.admin().get(mutation, Map.of("c", of.client(), "p", who.id().toString()));
    }
}
