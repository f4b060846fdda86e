package io.agencyos.realtime;

import java.util.List;
import java.util.Map;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.Psql;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.agencyos.realtime.LiveRow.COMMENT_NOTIFICATION;
import static io.agencyos.realtime.LiveRow.TIMECODE_COMMENT;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Of notices their person hears, as long as they may see what these tell of. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class LiveNoticesTest extends LiveListening {

    private static final String APPROVAL_NOTICE =
            "insert into comment_notifications (user_id, video_version_id, notification_type)"
                    + " values (?, ?::uuid, 'approval_requested') returning id";

    @Test
    void aMemberHearsOfTheirNotices() {
        var own = Ground.ofAClient();
        var stream = live(COMMENT_NOTIFICATION, own.reader());
        var id = COMMENT_NOTIFICATION.make(own);
        assertTold("INSERT", id, stream.change());
        COMMENT_NOTIFICATION.change(id);
        assertTold("UPDATE", id, stream.change());
        COMMENT_NOTIFICATION.remove(id);
        assertTold("DELETE", id, stream.change());
        var asked = Ground.add(APPROVAL_NOTICE, own.readerId(), own.version());
        assertTold("INSERT", asked, stream.change());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"timecode_comments:comment", "video_versions:version", "video_assets:video", "requests:request"})
    void aMemberHearsThatTheirNoticesAreGoneWithWhatTheyTellOf(String what) {
        var own = Ground.ofAClient();
        var kept = own.beside();
        var notice = COMMENT_NOTIFICATION.make(own);
        var asked = Ground.add(APPROVAL_NOTICE, own.readerId(), own.version());
        var stream = live(COMMENT_NOTIFICATION, own.reader());
        remove(what, own);
        assertTold("DELETE", notice, next(stream, notice));
        var again = live(COMMENT_NOTIFICATION, own.reader());
        if (!what.endsWith("comment")) return;
        remove("video_versions:version", own);
        assertTold("DELETE", asked, again.change());
        assertNextIsSentinel(again, COMMENT_NOTIFICATION, kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"timecode_comments:comment", "video_versions:version", "video_assets:video", "requests:request"})
    void whoHasLeftAClientHearsNothingMoreOfOldNotices(String what) {
        var left = Ground.ofAClient();
        var kept = Ground.ofAClient();
        var person = left.reader();
        Ground.add(
                "insert into client_members (client_id, profile_id) values (?::uuid, ?) returning profile_id",
                kept.client(),
                person.id());
        var notice = COMMENT_NOTIFICATION.make(left);
        Ground.add(APPROVAL_NOTICE, person.id(), left.version());
        Ground.add(
                "delete from client_members where client_id = ?::uuid and profile_id = ? returning profile_id",
                left.client(),
                person.id());
        var stream = live(COMMENT_NOTIFICATION, person);
        COMMENT_NOTIFICATION.change(notice);
        remove(what, left);
        assertNextIsSentinel(stream, COMMENT_NOTIFICATION, of(kept, person));
    }

    @Test
    void noticesOfAnInternalCommentAreNoNewsToWhoWasOnTheStaff() {
        var name = Work.name("turncoat");
        var own = of(Ground.ofAClient(), Person.user(name));
        var hidden = TIMECODE_COMMENT.makeInternal(own);
        var removed = notice(own.reader(), hidden);
        var later = TIMECODE_COMMENT.makeInternal(own);
        notice(own.reader(), later);
        var client = Person.client(name);
        client.id();
        Ground.add(
                "insert into client_members (client_id, profile_id) values (?::uuid, ?) returning profile_id",
                own.client(),
                client.id());
        var stream = live(COMMENT_NOTIFICATION, client);
        COMMENT_NOTIFICATION.change(removed);
        TIMECODE_COMMENT.remove(hidden);
        Ground.add("update timecode_comments set is_internal = false where id = ?::uuid returning id", later);
        assertEquals(List.of(), notices(client));
        assertNextIsSentinel(stream, COMMENT_NOTIFICATION, of(own, client));
    }

    @Test
    void aMemberHearsThatTheNoticeOfACommentThatTurnsInternalIsGoneAndNothingThen() {
        var own = Ground.ofAClient();
        var kept = own.beside();
        var notice = COMMENT_NOTIFICATION.make(own);
        var stream = live(COMMENT_NOTIFICATION, own.reader());
        TIMECODE_COMMENT.makeInternal(own.comment());
        assertTold("DELETE", notice, stream.change());
        TIMECODE_COMMENT.remove(own.comment());
        assertNextIsSentinel(stream, COMMENT_NOTIFICATION, kept);
    }

    @Test
    void aMemberHearsThatTheNoticeOfACommentThatLeavesForAnotherClientIsGone() {
        var own = Ground.ofAClient();
        var kept = own.beside();
        var notice = COMMENT_NOTIFICATION.make(own);
        var stream = live(COMMENT_NOTIFICATION, own.reader());
        TIMECODE_COMMENT.move(own.comment(), Ground.ofAClient());
        assertTold("DELETE", notice, stream.change());
        assertNextIsSentinel(stream, COMMENT_NOTIFICATION, kept);
    }

    @Test
    void aNoticeThatComesToBeSomebodyElsesIsGoneForWhoseItWas() {
        var own = Ground.ofAClient();
        var admin = Work.admin();
        var notice = COMMENT_NOTIFICATION.make(own);
        var stream = live(COMMENT_NOTIFICATION, own.reader());
        var gained = live(COMMENT_NOTIFICATION, admin);
        give(notice, admin);
        assertTold("DELETE", notice, stream.change());
        assertTold("UPDATE", notice, gained.change());
        give(notice, own.reader());
        assertTold("UPDATE", notice, stream.change());
        assertTold("DELETE", notice, gained.change());
    }

    private static void give(String notice, Person to) {
        Ground.add("update comment_notifications set user_id = ? where id = ?::uuid returning id", to.id(), notice);
    }

    @Test
    void noticesOfWhatMovesToAnotherClientAskToReadAnew() {
        var own = Ground.ofAClient();
        var other = Ground.ofAClient();
        COMMENT_NOTIFICATION.make(own);
        var cursor = cursor(own.reader(), COMMENT_NOTIFICATION, Map.of());
        var losing = live(COMMENT_NOTIFICATION, own.reader());
        var gaining = live(COMMENT_NOTIFICATION, other.reader());
        var staff = Work.user();
        var colleague = live(COMMENT_NOTIFICATION, staff);
        Ground.add(
                "update requests set client_id = ?::uuid where id = ?::uuid returning id",
                other.client(),
                own.request());
        for (var stream : List.of(losing, gaining)) assertEquals("RESYNC_REQUIRED", stream.errorCode());
        var resumed = resumed(own.reader(), COMMENT_NOTIFICATION, Map.of("after", cursor));
        assertEquals("RESYNC_REQUIRED", resumed.errorCode());
        assertNextIsSentinel(colleague, COMMENT_NOTIFICATION, of(own, staff));
    }

    @Test
    void noticesAskToReadAnewWhenAVideoIsRemovedAndWhenItIsBroughtBack() {
        var own = Ground.ofAClient();
        COMMENT_NOTIFICATION.make(own);
        var stream = live(COMMENT_NOTIFICATION, own.reader());
        put(own, "now()");
        assertEquals("RESYNC_REQUIRED", stream.errorCode());
        var between = live(COMMENT_NOTIFICATION, own.reader());
        COMMENT_NOTIFICATION.make(own);
        put(own, "null");
        assertEquals("RESYNC_REQUIRED", between.errorCode());
        assertEquals(2, notices(own.reader()).size());
        assertNextIsSentinel(live(COMMENT_NOTIFICATION, own.reader()), COMMENT_NOTIFICATION, own);
    }

    private static void put(Ground own, String deletedAt) {
        Ground.add(
                "update video_assets set deleted_at = " + deletedAt + " where id = ?::uuid returning id", own.video());
    }

    /** The same ground with another reader. */
    private static Ground of(Ground ground, Person reader) {
        return new Ground(
                reader,
                ground.client(),
                ground.slackId(),
                ground.request(),
                ground.asset(),
                ground.video(),
                ground.version(),
                ground.comment());
    }

    private static void remove(String what, Ground ground) {
        var id =
                switch (what.substring(what.indexOf(':') + 1)) {
                    case "comment" -> ground.comment();
                    case "version" -> ground.version();
                    case "video" -> ground.video();
                    default -> ground.request();
                };
        var table = what.substring(0, what.indexOf(':'));
        assertEquals(List.of(id), Psql.column("delete from " + table + " where id = ?::uuid returning id", id));
    }

    private static String notice(Person of, String comment) {
        return Ground.add(
                "insert into comment_notifications (user_id, comment_id, notification_type)"
                        + " values (?, ?::uuid, 'reply') returning id",
                of.id(),
                comment);
    }

    private static List<?> notices(Person of) {
        return of.get("{ notifications { nodes { id } } }")
                .getJsonObject("notifications")
                .getJsonArray("nodes")
                .getList();
    }
}
