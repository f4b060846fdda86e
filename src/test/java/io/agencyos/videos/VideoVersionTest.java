package io.agencyos.videos;

import java.util.List;
import java.util.stream.IntStream;

import io.agencyos.testing.Someone;
import io.agencyos.testing.Story;
import io.agencyos.testing.Together;
import io.agencyos.testing.Turn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.agencyos.testing.Someone.BOB;
import static io.agencyos.testing.Someone.CAROL;
import static io.agencyos.testing.Someone.DANA;
import static io.agencyos.testing.Someone.DAVE;
import static io.agencyos.testing.Someone.ERIN;
import static io.agencyos.testing.Someone.NORTHWIND;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** A video's uploads number themselves; the newest is shown; who watched is told to few. */
class VideoVersionTest {

    @RegisterExtension
    static final Story story = new Story();

    private static final String UPLOAD = "insert into video_versions (video_asset_id, uploaded_by) values (?, ?)";
    private final String request = story.request(BOB, NORTHWIND);
    private final String video = video();

    @Test
    void theNewestUploadIsNumberedLabelledAndShown() {
        upload(BOB);
        var newest = upload(CAROL);
        assertEquals(
                "2|v2|" + newest,
                story.as(DANA)
                        .one(
                                "select v.version_number, v.version_label, a.current_version_id"
                                        + " from video_versions v join video_assets a on a.id = v.video_asset_id where v.id = ?",
                                newest));
    }

    @Test
    void uploadsAtOnceGiveNumbersWithoutGapsOrDoubles() {
        Together.all(20, i -> upload(i % 2 == 0 ? BOB : CAROL));
        assertEquals(
                IntStream.rangeClosed(1, 20).mapToObj(String::valueOf).toList(),
                story.as(BOB)
                        .sees("select version_number from video_versions where video_asset_id = ? order by 1", video));
    }

    @Test
    void aVideoDoesNotShowAVersionOfAnotherVideo() {
        var other = story.as(BOB).adds(UPLOAD + " returning id", video(), BOB);
        story.as(BOB).isRefused("23503", "update video_assets set current_version_id = ? where id = ?", other, video);
    }

    @Test
    void whenTheCurrentVersionIsRemovedTheNewestOfTheRestTakesItsPlace() {
        var first = upload(BOB);
        var second = upload(BOB);
        var third = upload(BOB);
        var current = "select coalesce(current_version_id::text, 'none') from video_assets where id = ?";
        story.as(BOB).does("delete from video_versions where id = ?", first);
        assertEquals(third, story.as(BOB).one(current, video));
        story.as(BOB).does("delete from video_versions where id = ?", third);
        assertEquals(second, story.as(BOB).one(current, video));
        story.as(BOB).does("delete from video_versions where id = ?", second);
        assertEquals("none", story.as(BOB).one(current, video));
    }

    @ParameterizedTest
    @CsvSource({
        "24, 01:00:00:77, f",
        "24, 24:00:00:00, f",
        "24, 01:60:00:00, f",
        "24, 01:00:00;00, f",
        "25, 01:00:00:00, t",
        "29.97, 00:01:00;00, f",
        "29.97, 00:01:00:01, t",
        "59.94, 00:59:00;03, f"
    })
    void aTimecodeThatIsNoneAtTheRateIsRefused(String rate, String timecode, String drop) {
        var version = upload(BOB);
        var set = "update video_versions set frame_rate = ?::numeric, start_timecode = ?, drop_frame = ?::boolean"
                + " where id = ?";
        story.as(BOB).isRefused("23514", set, rate, timecode, drop, version);
        story.as(BOB)
                .isRefused(
                        "23514",
                        "insert into video_versions (video_asset_id, uploaded_by, frame_rate, start_timecode, drop_frame)"
                                + " values (?, ?, ?::numeric, ?, ?::boolean)",
                        video,
                        BOB,
                        rate,
                        timecode,
                        drop);
    }

    @ParameterizedTest
    @CsvSource({"24, 23:59:59:23, f", "29.97, 00:01:00;02, t", "29.97, 00:10:00;00, f", "59.94, 00:59:00;04, t"})
    void aTimecodeThatTheRateHasIsTaken(String rate, String timecode, String drop) {
        var version = upload(BOB);
        story.as(BOB)
                .does(
                        "update video_versions set frame_rate = ?::numeric, start_timecode = ?,"
                                + " drop_frame = ?::boolean where id = ?",
                        rate,
                        timecode,
                        drop,
                        version);
        assertEquals(timecode, story.as(BOB).one("select start_timecode from video_versions where id = ?", version));
    }

    @Test
    void nothingOfARemovedVideoIsLeftForClientsWhereTheySeeEveryRequest() {
        var version = upload(BOB);
        var comment = story.as(BOB)
                .adds(
                        "insert into timecode_comments (video_version_id, author_id, timecode_seconds, content)"
                                + " values (?, ?, 1, 'x') returning id",
                        version,
                        BOB);
        story.as(BOB).does("select add_video_reviewer(?, ?, true)", video, DANA);
        story.as(DANA).does("select decide_approval(?, 'approved')", version);
        story.as(BOB).does("update video_assets set deleted_at = now() where id = ?", video);
        for (var client : List.of(DANA, ERIN)) {
            for (var table : List.of("timecode_comments", "version_approvals"))
                assertEquals(
                        "0",
                        everything(client)
                                .one("select count(*) from " + table + " where video_version_id = ?", version));
            for (var table : List.of("video_versions", "video_reviewers"))
                assertEquals(
                        "0",
                        everything(client).one("select count(*) from " + table + " where video_asset_id = ?", video));
            everything(client).isRefused("P0002", "select set_reaction(?, '👍', true)", comment);
            everything(client).isRefused("P0002", "select copy_timecode_comments(?, ?)", version, version);
        }
        story.as(BOB).does("update video_assets set deleted_at = null where id = ?", video);
        assertEquals(
                "1",
                everything(ERIN).one("select count(*) from timecode_comments where video_version_id = ?", version));
    }

    private static Turn everything(Someone client) {
        return story.as(client).whereClientsSeeAll();
    }

    @Test
    void nobodyUploadsInAnothersNameOrForAnotherClient() {
        story.as(BOB).isRefused("42501", UPLOAD, video, CAROL);
        story.as(ERIN).isRefused("42501", UPLOAD, video, ERIN);
    }

    @Test
    void aVideoIsItsMakersToChange() {
        story.as(CAROL).changesNothing("update video_assets set title = 'x' where id = ?", video);
        story.as(DANA).changesNothing("update video_assets set title = 'x' where id = ?", video);
        story.as(BOB).isRefused("42501", "update video_assets set project_id = null where id = ?", video);
    }

    @Test
    void anotherClientSeesNeitherVideoNorVersions() {
        upload(BOB);
        assertEquals(List.of(), story.as(ERIN).sees("select id from video_assets where id = ?", video));
        assertEquals(List.of(), story.as(ERIN).sees("select id from video_versions where video_asset_id = ?", video));
    }

    @Test
    void whoWatchedIsSeenByThemByTheUploaderAndByStaff() {
        var version = upload(BOB);
        var watch = "insert into video_playback_sessions (video_version_id, user_id) values (?, ?)";
        story.as(DANA).does(watch, version, DANA);
        story.as(DANA).isRefused("42501", watch, version, BOB);
        story.as(ERIN).isRefused("42501", watch, version, ERIN);
        var sessions = "select count(*) from video_playback_sessions where video_version_id = ?";
        assertEquals("1", story.as(DANA).one(sessions, version));
        assertEquals("1", story.as(BOB).one(sessions, version));
        assertEquals("1", story.as(CAROL).one(sessions, version));
        assertEquals("0", story.as(DAVE).one(sessions, version));
    }

    private String video() {
        return story.as(BOB)
                .adds(
                        "insert into video_assets (project_id, title, created_by) values (?, 'Spot', ?) returning id",
                        request,
                        BOB);
    }

    private String upload(Someone who) {
        return story.as(who).adds(UPLOAD + " returning id", video, who);
    }
}
