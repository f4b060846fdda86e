package io.agencyos.videos;

import java.util.List;
import java.util.stream.IntStream;

import io.agencyos.testing.Someone;
import io.agencyos.testing.Story;
import io.agencyos.testing.Together;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

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
