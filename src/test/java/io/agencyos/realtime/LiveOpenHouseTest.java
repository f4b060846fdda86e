package io.agencyos.realtime;

import java.util.Map;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Psql;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.agencyos.realtime.LiveRow.VIDEO_ASSET;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Where people of clients see all work, they are told when some of it goes out of their sight all the same. */
@QuarkusTest
@TestProfile(LiveOpenHouseTest.AllIsSeen.class)
@WithTestResource(AgencyResource.class)
class LiveOpenHouseTest extends LiveListening {

    /** An agency whose clients see all requests. */
    public static class AllIsSeen implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("agency.clients-see", "all");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"VIDEO_VERSION", "TIMECODE_COMMENT", "VERSION_APPROVAL", "COMMENT_NOTIFICATION"})
    void theStreamsOfWhatHangsOnAVideoEndWhenItLeavesItsRequestAndWhenItIsAttachedAgain(LiveRow row) {
        var own = Ground.ofAClient();
        var reader = own.reader();
        var cursor = cursor(reader, row, Map.of());
        var stream = live(row, reader);
        attach(own, null);
        assertEquals("RESYNC_REQUIRED", stream.errorCode());
        var between = live(row, reader);
        row.make(own);
        attach(own, own.request());
        assertEquals("RESYNC_REQUIRED", between.errorCode());
        assertEquals(
                "RESYNC_REQUIRED", resumed(reader, row, Map.of("after", cursor)).errorCode());
        assertNextIsSentinel(live(row, reader), row, own);
    }

    @ParameterizedTest
    @EnumSource(names = {"VIDEO_VERSION", "TIMECODE_COMMENT", "VERSION_APPROVAL"})
    void whoFollowsAVideoThatLeftItsRequestAndIsBackReadsAnew(LiveRow row) {
        var own = Ground.ofAClient();
        var scope = Map.<String, Object>of("scope", row.scopeIn(own));
        var cursor = cursor(own.reader(), row, scope);
        var stream = resumed(own.reader(), row, scope);
        Psql.run("begin; update video_assets set project_id = null where id = '" + own.video() + "';"
                + " update video_assets set project_id = '" + own.request() + "' where id = '" + own.video()
                + "'; commit");
        assertEquals("RESYNC_REQUIRED", stream.errorCode());
        var again = resumed(own.reader(), row, Map.of("scope", row.scopeIn(own), "after", cursor));
        assertEquals("RESYNC_REQUIRED", again.errorCode());
    }

    @ParameterizedTest
    @EnumSource(names = {"TIMECODE_COMMENT", "VERSION_APPROVAL", "COMMENT_NOTIFICATION"})
    void theStreamsOfWhatHangsOnAVersionEndWhenItGoesUnderARemovedVideoAndWhenItComesBack(LiveRow row) {
        var own = Ground.ofAClient();
        var removed = own.beside();
        LiveRow.VIDEO_VERSION.make(own); // the current version stays with its video
        Ground.add("update video_assets set deleted_at = now() where id = ?::uuid returning id", removed.video());
        var stream = live(row, own.reader());
        put(own.version(), removed.video(), 7);
        assertEquals("RESYNC_REQUIRED", stream.errorCode());
        var between = live(row, own.reader());
        row.make(own);
        put(own.version(), own.video(), 8);
        assertEquals("RESYNC_REQUIRED", between.errorCode());
        assertNextIsSentinel(live(row, own.reader()), row, own);
    }

    @Test
    void nobodyOutsideHearsOfAVideoThatHangsOnNoRequest() {
        var own = Ground.ofAClient();
        var stream = live(VIDEO_ASSET, own.reader());
        attach(own, null);
        assertTold("DELETE", own.video(), stream.change());
        VIDEO_ASSET.change(own.video());
        assertNextIsSentinel(stream, VIDEO_ASSET, own);
        attach(own, own.request());
        assertTold("UPDATE", own.video(), stream.change());
    }

    @Test
    void nothingThatMovesBetweenClientsEndsAStream() {
        var own = Ground.ofAClient();
        var stream = live(LiveRow.TIMECODE_COMMENT, own.reader());
        var other = Ground.ofAClient();
        next(stream, other.comment());
        Ground.add(
                "update requests set client_id = ?::uuid where id = ?::uuid returning id",
                own.client(),
                other.request());
        attach(own, other.request());
        assertNextIsSentinel(stream, LiveRow.TIMECODE_COMMENT, own);
    }

    private static void attach(Ground own, String request) {
        Psql.column(
                "update video_assets set project_id = ?::text::uuid where id = ?::uuid returning id",
                request,
                own.video());
    }

    private static void put(String version, String video, int number) {
        Psql.column(
                "update video_versions set video_asset_id = ?::uuid, version_number = ? where id = ?::uuid returning id",
                video,
                number,
                version);
    }
}
