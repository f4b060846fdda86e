package io.agencyos.videos;

import java.util.List;
import java.util.UUID;

import io.agencyos.testing.Someone;
import io.agencyos.testing.Story;
import io.agencyos.testing.Together;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.agencyos.testing.Someone.ADA;
import static io.agencyos.testing.Someone.BOB;
import static io.agencyos.testing.Someone.CAROL;
import static io.agencyos.testing.Someone.DANA;
import static io.agencyos.testing.Someone.NORTHWIND;
import static io.agencyos.testing.Someone.SYSTEM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

/** Jobs of processing as the database keeps them: taken by one worker, given up, tried again, never lost. */
class VideoJobTest {

    @RegisterExtension
    static final Story story = new Story();

    private static final String CLAIM =
            "select video_version_id || ' ' || attempt from claim_video_job(?::uuid, ?::interval, 3)";
    private static final String KEEP = "select keep_video_job(?::uuid, ?::uuid, ?, '1 minute', ?)";
    private static final String FAIL = "select fail_video_job(?::uuid, ?::uuid, ?, 'It broke', ?, 3, ?::interval)";
    private static final String FINISH = "select finish_video_job(?::uuid, ?::uuid, ?, ?::jsonb)";
    private static final String STATE =
            "select processing_status, progress, processing_error from video_versions where id = ?::uuid";

    private final String worker = UUID.randomUUID().toString();
    private final String request = story.request(BOB, NORTHWIND);
    private final String video = story.as(BOB)
            .adds(
                    "insert into video_assets (project_id, title, created_by) values (?, 'Spot', ?) returning id",
                    request,
                    BOB);

    VideoJobTest() {
        story.asSuperuser().does("delete from video_jobs");
    }

    @Test
    void aFileInTheStoreIsAJobAndAFilmElsewhereIsNone() {
        var version = version();
        story.as(BOB)
                .does(
                        "insert into video_versions (video_asset_id, uploaded_by, file_url, processing_status)"
                                + " values (?, ?, 'https://x', 'completed')",
                        video,
                        BOB);
        assertEquals(List.of(version + " 1"), claim(worker, "1 minute"));
        assertEquals(List.of(), claim(worker, "1 minute"));
        assertEquals("processing|0|null", state(version));
    }

    @Test
    void eachJobIsTakenByOneWorkerHoweverManyAsk() {
        for (var i = 0; i < 10; i++) version();
        var taken = Together.all(20, i -> claim(UUID.randomUUID().toString(), "1 minute"));
        var all = taken.stream().flatMap(List::stream).toList();
        assertEquals(all.size(), all.stream().distinct().count());
        // who met a row that another one held may have gone away without
        while (!claim(worker, "1 minute").isEmpty()) continue;
        assertEquals(
                "10",
                story.asSuperuser().one("select count(*) from video_jobs where state = 'running' and attempt = 1"));
    }

    @Test
    void progressIsAnEventAndASignOfLifeIsNone() {
        var version = version();
        claim(worker, "1 minute");
        var before = changes(version);
        assertEquals("t", system(KEEP, version, worker, 1, 0));
        assertEquals(before, changes(version));
        assertEquals("t", system(KEEP, version, worker, 1, 7));
        assertNotEquals(before, changes(version));
        assertEquals("processing|7|null", state(version));
        assertEquals("0", story.asSuperuser().one("select count(*) from change_log where table_name = 'video_jobs'"));
    }

    @Test
    void howFarItIsMakesNobodysEditStale() {
        var version = version();
        var before = changes(version);
        claim(worker, "1 minute");
        system(KEEP, version, worker, 1, 7);
        system(FAIL, version, worker, 1, true, "0 seconds");
        assertEquals("1", counted(version));
        // waiting to processing, the percent, the failure
        assertEquals(Integer.parseInt(before) + 3, Integer.parseInt(changes(version)));
        story.as(BOB).does("update video_versions set change_notes = 'New' where id = ?::uuid", version);
        assertEquals("2", counted(version));
        story.as(BOB).does("select retry_video_processing(?::uuid)", version);
        claim(worker, "1 minute");
        assertEquals("2", counted(version));
        system(FINISH, version, worker, 2, "{\"codec\": \"new\"}");
        assertEquals("3", counted(version));
        // an edit counts although it comes together with progress
        story.asSuperuser()
                .does("update video_versions set progress = 5, change_notes = 'Newer' where id = ?::uuid", version);
        assertEquals("4", counted(version));
    }

    private static String counted(String version) {
        return story.asSuperuser().one("select version from video_versions where id = ?::uuid", version);
    }

    @Test
    void whoseLeaseIsOverLosesTheJobToTheNextAndCanNoLongerEndIt() {
        var version = version();
        claim(worker, "0 seconds");
        var next = UUID.randomUUID().toString();
        assertEquals(List.of(version + " 2"), claim(next, "1 minute"));
        assertEquals("f", system(KEEP, version, worker, 1, 50));
        assertEquals("f", system(FINISH, version, worker, 1, "{\"codec\": \"old\"}"));
        assertEquals("f", system(FAIL, version, worker, 1, false, "0 seconds"));
        assertEquals(
                "t",
                system(
                        FINISH,
                        version,
                        next,
                        2,
                        "{\"codec\": \"new\", \"frame_rate_num\": 24000, \"frame_rate_den\": 1001}"));
        assertEquals("completed|100|null", state(version));
        assertEquals(
                "new|23.98",
                story.as(BOB).one("select codec, frame_rate from video_versions where id = ?::uuid", version));
        assertEquals("f", system(FINISH, version, next, 2, "{}"));
    }

    @Test
    void aFilmThatKillsItsWorkersIsGivenUpAfterThree() {
        var version = version();
        for (var i = 1; i <= 3; i++) assertEquals(List.of(version + " " + i), claim(worker, "0 seconds"));
        assertEquals(List.of(), claim(worker, "1 minute"));
        assertEquals("failed|null|The film could not be processed; it was tried several times", state(version));
    }

    @Test
    void whatMayGoBetterIsTriedThreeTimesWithGrowingPauses() {
        var version = version();
        for (var i = 1; i <= 2; i++) {
            assertEquals(List.of(version + " " + i), claim(worker, "1 minute"));
            assertEquals("t", system(FAIL, version, worker, i, false, "1 hour"));
            assertEquals("pending|null|It broke", state(version));
            assertEquals(List.of(), claim(worker, "1 minute"));
            var hours =
                    "select round(extract(epoch from run_at - now()) / 3600) from video_jobs where video_version_id = ?::uuid";
            assertEquals(i == 1 ? "1" : "3", story.asSuperuser().one(hours, version));
            story.asSuperuser().does("update video_jobs set run_at = now() where video_version_id = ?::uuid", version);
        }
        claim(worker, "1 minute");
        system(FAIL, version, worker, 3, false, "1 hour");
        assertEquals("failed|null|It broke", state(version));
    }

    @Test
    void whatCannotGoBetterIsNotTriedAgain() {
        var version = version();
        claim(worker, "1 minute");
        system(FAIL, version, worker, 1, true, "0 seconds");
        assertEquals("failed|null|It broke", state(version));
        assertEquals(List.of(), claim(worker, "1 minute"));
    }

    @Test
    void aTimecodeThatSomebodyHasSetCountsBeforeTheFilesOwn() {
        var version = version();
        claim(worker, "1 minute");
        story.as(BOB).does("update video_versions set start_timecode = '10:00:00:00' where id = ?::uuid", version);
        system(FINISH, version, worker, 1, "{\"start_timecode\": \"01:00:00;00\", \"drop_frame\": true}");
        assertEquals(
                "10:00:00:00|f",
                story.as(BOB).one("select start_timecode, drop_frame from video_versions where id = ?::uuid", version));
    }

    @Test
    void onlyTheUploaderAndAdministratorsCancelAndTryAgain() {
        var version = version();
        for (var person : List.of(CAROL, DANA))
            for (var call : List.of("cancel", "retry"))
                story.as(person).isRefused("42501", "select " + call + "_video_processing(?::uuid)", version);
        story.as(BOB).does("select cancel_video_processing(?::uuid)", version);
        assertEquals("failed|null|The processing was cancelled", state(version));
        assertEquals(List.of(), claim(worker, "1 minute"));
        story.as(ADA).does("select retry_video_processing(?::uuid)", version);
        assertEquals("pending|null|null", state(version));
        assertEquals(List.of(version + " 1"), claim(worker, "1 minute"));
    }

    @Test
    void nobodySaysByHandWhereFilesLieOrHowFarTheProcessingIs() {
        var version = version();
        for (var change : List.of(
                "file_path = 'x'",
                "proxy_path = 'x'",
                "poster_path = 'x'",
                "thumbnails_vtt_path = 'x'",
                "thumbnails_sprite_path = 'x'",
                "processing_status = 'completed'",
                "progress = 3",
                "processing_error = 'x'"))
            story.as(BOB).isRefused("42501", "update video_versions set " + change + " where id = ?::uuid", version);
        story.as(BOB)
                .isRefused(
                        "42501",
                        "insert into video_versions (video_asset_id, uploaded_by, proxy_path) values (?, ?, 'x')",
                        video,
                        BOB);
    }

    @Test
    void aFileOfAnotherRequestCannotBeMadeAVersion() {
        var file = "insert into video_versions (video_asset_id, uploaded_by, file_path) values (?, ?, ?)";
        story.as(BOB).isRefused("42501", file, video, BOB, "work/" + story.request(BOB, NORTHWIND) + "/x/film");
        story.as(BOB).isRefused("42501", file, video, BOB, "exports/x");
        story.as(BOB).does(file, video, BOB, "work/" + request + "/x/film");
    }

    @Test
    void whatLayInTheStoreForAVersionIsForgottenWithIt() {
        var version = version();
        var key = own(version);
        story.as(BOB).does("delete from video_versions where id = ?::uuid", version);
        assertEquals(
                List.of("stills/" + version + "/", "videos/" + version + "/", key),
                story.asSuperuser()
                        .sees(
                                "select storage_key from orphaned_files where storage_key = ?"
                                        + " or storage_key like '%/' || ? || '/' order by 1",
                                key, version));
    }

    @Test
    void aFilmThatARowStillNamesStaysInTheStoreWhoeverForgetsAnother() {
        var film = own(version());
        var asset = story.as(DANA)
                .adds(
                        "insert into assets (request_id, name, created_by, storage_path) values (?, 'x', ?, ?)"
                                + " returning id",
                        request,
                        DANA,
                        film);
        story.as(DANA).does("delete from assets where id = ?", asset);
        var twin = story.as(DANA)
                .adds(
                        "insert into video_versions (video_asset_id, uploaded_by, file_path) values (?, ?, ?)"
                                + " returning id",
                        video,
                        DANA,
                        film);
        story.as(DANA).does("delete from video_versions where id = ?", twin);
        assertEquals("0", orphans(film));
        // one that was given up and is named again, by hand
        story.asSuperuser().does("insert into orphaned_files (storage_key) values (?)", film);
        system("select expire_uploads()");
        assertEquals("0", orphans(film));
    }

    private static String orphans(String key) {
        return story.asSuperuser().one("select count(*) from orphaned_files where storage_key = ?", key);
    }

    /** Gives a version a file that no other has, and answers its key. */
    private String own(String version) {
        var key = "work/" + request + "/" + version + "/film.mp4";
        story.asSuperuser().does("update video_versions set file_path = ? where id = ?::uuid", key, version);
        return key;
    }

    @Test
    void whereAFilmAndATimecodeDoNotGoTogetherTheFilmCounts() {
        var version = version();
        story.as(BOB).does("update video_versions set start_timecode = '10:00:00:29' where id = ?::uuid", version);
        claim(worker, "1 minute");
        var facts = "{\"frame_rate_num\": 25, \"frame_rate_den\": 1, \"start_timecode\": \"%s\"}";
        assertEquals("t", system(FINISH, version, worker, 1, facts.formatted("01:00:00:24")));
        var kept = "select start_timecode from video_versions where id = ?::uuid";
        assertEquals("01:00:00:24", story.as(BOB).one(kept, version));
        var other = version();
        claim(worker, "1 minute");
        assertEquals("t", system(FINISH, other, worker, 1, facts.formatted("01:00:00:25")));
        assertEquals(
                "null",
                story.as(BOB)
                        .one("select coalesce(start_timecode, 'null') from video_versions where id = ?::uuid", other));
    }

    @Test
    void jobsAreTheApplicationsAlone() {
        version();
        for (var person : List.of(BOB, DANA)) {
            story.as(person).isRefused("42501", CLAIM, worker, "1 minute");
            story.as(person).isRefused("42501", "select video_link_secret()");
            assertEquals("0", story.as(person).one("select count(*) from video_jobs"));
        }
        for (var person : List.of(BOB, ADA, SYSTEM))
            story.as(person).isRefused("42501", "update video_jobs set state = 'failed'");
        story.as(ADA).isRefused("42501", "select video_link_secret()");
        story.as(SYSTEM).one("select video_link_secret()");
        assertEquals("0", story.as(ADA).one("select count(*) from video_link_secrets"));
        assertEquals(72, story.as(SYSTEM).one("select video_link_secret()").length());
        assertEquals(
                story.as(SYSTEM).one("select video_link_secret()"),
                story.as(SYSTEM).one("select video_link_secret()"));
    }

    @Test
    void aRemovedVideoIsHiddenFromClientsAndTakesNoVersions() {
        version();
        story.as(BOB).does("update video_assets set deleted_at = now() where id = ?::uuid", video);
        assertEquals(List.of(), story.as(DANA).sees("select id from video_assets where id = ?::uuid", video));
        assertEquals(
                List.of(), story.as(DANA).sees("select id from video_versions where video_asset_id = ?::uuid", video));
        assertEquals(
                "1", story.as(CAROL).one("select count(*) from video_versions where video_asset_id = ?::uuid", video));
        story.as(BOB)
                .isRefused(
                        "23514", "insert into video_versions (video_asset_id, uploaded_by) values (?, ?)", video, BOB);
    }

    private List<String> claim(String worker, String lease) {
        return story.as(SYSTEM).sees(CLAIM, worker, lease);
    }

    private static String system(String sql, Object... values) {
        return story.as(SYSTEM).one(sql, values);
    }

    private static String state(String version) {
        return story.as(BOB).one(STATE, version);
    }

    private static String changes(String version) {
        return story.asSuperuser().one("select count(*) from change_log where row_id = ?", version);
    }

    private String version() {
        return version(BOB);
    }

    private String version(Someone who) {
        return story.asSuperuser()
                .adds(
                        "insert into video_versions (video_asset_id, uploaded_by, file_path)"
                                + " values (?::uuid, ?::uuid, 'uploads/x') returning id",
                        video,
                        who);
    }
}
