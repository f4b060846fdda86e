package io.agencyos.videos;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;

import io.agencyos.testing.Someone;
import io.agencyos.testing.Story;
import io.agencyos.testing.Together;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.agencyos.testing.Someone.ADA;
import static io.agencyos.testing.Someone.BOB;
import static io.agencyos.testing.Someone.CAROL;
import static io.agencyos.testing.Someone.DANA;
import static io.agencyos.testing.Someone.DAVE;
import static io.agencyos.testing.Someone.ERIN;
import static io.agencyos.testing.Someone.NORTHWIND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

/** Where somebody is in a film is kept, but not at every breath. */
class PlaybackTest {

    @RegisterExtension
    static final Story story = new Story();

    private static final String RECORD =
            "select id, last_position_seconds, completed from record_playback(?, ?::numeric, ?::boolean)";

    private final String request = story.request(BOB, NORTHWIND);
    private final String version = version(BOB, "100.000");

    @Test
    void aSaveThatComesTooSoonIsAnsweredAndNotKept() {
        var first = record(DANA, "10", false);
        var row = row();
        assertEquals(first, record(DANA, "11", false));
        assertEquals(first, record(DANA, "19.999", false));
        assertEquals(row, row());
    }

    @Test
    void whatIsNotKeptIsNotEvenATransactionOfTheLog() throws SQLException {
        record(DANA, "10", false);
        try (var chapter = story.as(DANA).begins()) {
            chapter.sees(RECORD, version, "11", "false");
            assertEquals(List.of("t"), chapter.sees("select pg_current_xact_id_if_assigned() is null"));
            chapter.commits();
        }
        try (var chapter = story.as(DANA).begins()) {
            chapter.sees(RECORD, version, "100", "false");
            assertEquals(List.of("f"), chapter.sees("select pg_current_xact_id_if_assigned() is null"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0 seconds, 50, 10.000",
        "900 milliseconds, 50, 10.000",
        "1 second, 50, 50.000",
        "1 second, 0, 10.000",
        "1 second, 20, 10.000",
        "4 seconds, 14, 10.000",
        "5 seconds, 15, 15.000",
        "5 hours, 0, 0.000"
    })
    void itIsKeptEveryFiveSecondsAndAJumpAfterOne(String ago, String position, String kept) {
        var id = id(record(DANA, "10", false));
        age(ago);
        assertEquals(id + "|" + kept + "|f", record(DANA, position, false));
    }

    @Test
    void theEndIsKeptAtOnceAndForGood() {
        var id = id(record(DANA, "10", false));
        assertEquals(id + "|12.000|t", record(DANA, "12", true));
        assertEquals(id + "|12.000|t", record(DANA, "3", false));
        story.as(DANA).does("update video_playback_sessions set completed = false, last_position_seconds = 3");
        assertEquals(
                List.of("t"), story.as(DANA).sees("select completed from video_playback_sessions where id = ?", id));
    }

    @ParameterizedTest
    @CsvSource({"94.999, f", "95, t", "100, t"})
    void almostTheEndIsTheEnd(String position, String completed) {
        assertEquals(completed, record(DANA, position, false).split("\\|")[2]);
    }

    @Test
    void nobodyIsBehindTheEndOrBeforeTheStart() {
        assertEquals("100.000", record(DANA, "5000", false).split("\\|")[1]);
        story.as(DAVE).isRefused("23514", RECORD, version, "-1", "false");
        var unknown = version(BOB, null);
        assertEquals(
                "5000.000|f",
                story.as(DANA).one(RECORD, unknown, "5000", "false").substring(37));
    }

    @Test
    void aFilmThatWasSeenBeginsAnewAfterAWhile() {
        var seen = id(record(DANA, "100", false));
        assertEquals(seen, id(record(DANA, "1", false)));
        age("5 seconds");
        assertNotEquals(seen, id(record(DANA, "1", false)));
        assertEquals(2, sessions(DANA).size());
    }

    @Test
    void afterSixHoursAnotherSessionBegins() {
        var old = id(record(DANA, "10", false));
        age("6 hours");
        var fresh = id(record(DANA, "11", false));
        assertNotEquals(old, fresh);
        assertEquals(
                List.of(fresh),
                story.as(DANA)
                        .sees(
                                "select id from video_playback_sessions where is_open and video_version_id = ?",
                                version));
    }

    @Test
    void manyPlayersOfOnePersonShareOneSession() {
        var answers = Together.all(12, i -> id(record(DANA, "" + i, false)));
        assertEquals(1, new HashSet<>(answers).size());
        age("5 seconds");
        var before = Integer.parseInt(row().split("\\|")[0]);
        Together.all(12, i -> record(DANA, "" + (20 + i), false));
        assertEquals(before + 1, Integer.parseInt(row().split("\\|")[0]));
    }

    @Test
    void everybodyHasTheirOwnAndStaffAndTheUploaderSeeAll() {
        record(DANA, "10", false);
        record(DAVE, "20", false);
        record(CAROL, "30", false);
        assertEquals(List.of(DANA.id()), sessions(DANA));
        assertEquals(3, sessions(ADA).size());
        assertEquals(3, sessions(CAROL).size());
        assertEquals(List.of(), sessions(ERIN));
        var daves = version(DAVE, "100.000");
        story.as(DANA).one(RECORD, daves, "1", "false");
        var theirs = "select user_id from video_playback_sessions where video_version_id = ?";
        assertEquals(List.of(DANA.id()), story.as(DAVE).sees(theirs, daves));
    }

    @Test
    void nobodyWatchesForAnotherOrWhatTheyDoNotSee() {
        story.as(ERIN).isRefused("P0002", RECORD, version, "1", "false");
        story.as(DANA)
                .isRefused(
                        "42501",
                        "insert into video_playback_sessions (video_version_id, user_id) values (?, ?)",
                        version,
                        DAVE);
        record(DAVE, "10", false);
        story.as(DANA).changesNothing("update video_playback_sessions set completed = true where user_id = ?", DAVE);
        story.as(DAVE)
                .isRefused("42501", "update video_playback_sessions set started_at = now() where user_id = ?", DAVE);
    }

    private String record(Someone who, String position, boolean completed) {
        return story.as(who).one(RECORD, version, position, String.valueOf(completed));
    }

    private static String id(String session) {
        return session.substring(0, 36);
    }

    private String row() {
        return story.asSuperuser()
                .one(
                        "select version, xmin, ctid, updated_at from video_playback_sessions where video_version_id = ?",
                        version);
    }

    private List<String> sessions(Someone who) {
        return story.as(who)
                .sees(
                        "select user_id from video_playback_sessions where video_version_id = ? order by user_id",
                        version);
    }

    /** Makes the last save so old. */
    private void age(String interval) {
        story.asSuperuser()
                .does(
                        "with quiet as (select set_config('session_replication_role', 'replica', true))"
                                + " update video_playback_sessions set started_at = started_at - ?::interval,"
                                + " updated_at = updated_at - ?::interval from quiet where video_version_id = ?",
                        interval,
                        interval,
                        version);
    }

    private String version(Someone uploader, String duration) {
        var video = story.as(BOB)
                .adds(
                        "insert into video_assets (project_id, title, created_by) values (?, 'x', ?) returning id",
                        request,
                        BOB);
        return story.as(uploader)
                .adds(
                        "insert into video_versions (video_asset_id, uploaded_by, duration_seconds) values (?, ?, ?) returning id",
                        video,
                        uploader,
                        duration);
    }
}
