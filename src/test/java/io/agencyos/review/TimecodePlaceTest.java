package io.agencyos.review;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.agencyos.testing.Story;
import io.agencyos.videos.FrameRate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static io.agencyos.testing.Someone.ADA;
import static io.agencyos.testing.Someone.BOB;
import static io.agencyos.testing.Someone.NORTHWIND;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** The database puts a comment where Java says it stands, and nowhere where there is no film. */
class TimecodePlaceTest {

    @RegisterExtension
    static final Story story = new Story();

    private static final int SAMPLES = 100;
    private static final String PLACE =
            "select frame, timecode_seconds, end_frame, end_timecode_seconds from timecode_comments where id = ?";

    private final String video = story.as(BOB)
            .adds(
                    "insert into video_assets (project_id, title, created_by) values (?, 'Spot', ?) returning id",
                    story.request(BOB, NORTHWIND),
                    BOB);

    static Stream<FrameRate> rates() {
        return Stream.of(
                new FrameRate(24_000, 1001),
                new FrameRate(24, 1),
                new FrameRate(25, 1),
                new FrameRate(30_000, 1001),
                new FrameRate(30, 1),
                new FrameRate(50, 1),
                new FrameRate(60_000, 1001),
                new FrameRate(60, 1),
                new FrameRate(25, 2),
                new FrameRate(16, 1),
                new FrameRate(120_000, 1001));
    }

    @ParameterizedTest
    @MethodSource("rates")
    void aFrameIsWhereJavaSays(FrameRate rate) {
        var version = version(rate, null);
        var frames = sampled(24 * 3600L * rate.nominal());
        var found = story.asSuperuser()
                .sees(
                        "with made as (insert into timecode_comments (video_version_id, frame, end_frame, content)"
                                + " select ?, f, f + 7, 'x' from unnest(string_to_array(?, ',')::integer[]) f"
                                + " returning frame, timecode_seconds, end_timecode_seconds)"
                                + " select * from made order by frame",
                        version,
                        String.join(",", frames.stream().map(String::valueOf).toList()));
        assertEquals(
                frames.stream()
                        .map(frame -> frame + "|" + seconds(rate.millis(frame)) + "|" + seconds(rate.millis(frame + 7)))
                        .toList(),
                found);
    }

    @ParameterizedTest
    @MethodSource("rates")
    void aMillisecondIsOnTheFrameThatJavaSays(FrameRate rate) {
        var version = version(rate, null);
        var times = sampled(24 * 3_600_000L);
        agreesOnMany(rate);
        var found = story.asSuperuser()
                .sees(
                        "with given as (select t from unnest(string_to_array(?, ',')::integer[]) t), made as ("
                                + "insert into timecode_comments (video_version_id, timecode_seconds, content)"
                                + " select ?, t / 1000.0, t from given returning content, frame)"
                                + " select content, frame from made order by content::integer",
                        String.join(",", times.stream().map(String::valueOf).toList()),
                        version);
        assertEquals(times.stream().map(time -> time + "|" + rate.frameAt(time)).toList(), found);
    }

    /** The function that the trigger calls, without the rows. */
    private static void agreesOnMany(FrameRate rate) {
        var sums =
                "select sum(frame_at(t / 1000.0, ?, ?, null, null)::bigint * (t % 1009)) from generate_series(0, 86400000, 997) t";
        var expected = LongStream.iterate(0, t -> t <= 86_400_000, t -> t + 997)
                .map(t -> rate.frameAt(t) * (t % 1009))
                .sum();
        assertEquals(Long.toString(expected), story.asSuperuser().one(sums, rate.num(), rate.den()));
    }

    /** The beginning, the end, and what lies between at random, the same each time. */
    private static List<Long> sampled(long end) {
        var random = new Random(end);
        var all = new ArrayList<Long>();
        for (var i = 0; i < SAMPLES / 2; i++) all.add((long) i);
        for (var i = 0; i < SAMPLES; i++) all.add((long) (random.nextDouble() * end));
        all.add(end - 1);
        return all.stream().distinct().sorted().toList();
    }

    private static String seconds(long millis) {
        return BigDecimal.valueOf(millis, 3).toPlainString();
    }

    @Test
    void everyRoundedRateIsTheExactOneThatJavaSays() {
        var found = story.asSuperuser()
                .sees(
                        "with made as (insert into video_versions (video_asset_id, version_number, frame_rate,"
                                + " created_at) select ?, n, n / 100.0, '2020-01-01' from generate_series(1, 20000) n"
                                + " returning version_number, frame_rate_num, frame_rate_den)"
                                + " select version_number, frame_rate_num::numeric / frame_rate_den ="
                                + " ceil(version_number / 100.0), frame_rate_den = 1001 from made order by 1",
                        video);
        assertEquals(
                IntStream.rangeClosed(1, 20_000)
                        .mapToObj(TimecodePlaceTest::exactly)
                        .toList(),
                found);
    }

    private static String exactly(int hundredths) {
        var rate = FrameRate.ofRounded(BigDecimal.valueOf(hundredths, 2));
        if (rate == null) return hundredths + "|null|null";
        // whatever is slowed by 1001 is told apart by its denominator before it is reduced
        return hundredths + (hundredths % 100 == 0 ? "|t|f" : "|f|t");
    }

    @ParameterizedTest
    @CsvSource({
        // the film has 250 frames, 0 to 249
        "249, 9.960",
        "0, 0.000"
    })
    void aPlaceInTheFilmIsTaken(int frame, String seconds) {
        assertEquals(frame + "|" + seconds + "|null|null", byFrame(version(new FrameRate(25, 1), "10"), frame, null));
    }

    /** A film whose rate varies is counted, not reckoned. */
    @Test
    void thereIsNothingBehindTheLastFrameThatWasCounted() {
        var version = version(new FrameRate(10, 1), "10");
        story.asSuperuser().does("update video_versions set frame_count = 28 where id = ?", version);
        assertEquals("27|2.700|null|null", byFrame(version, 27, null));
        assertEquals("27|2.700|null|null", bySeconds(version, "9.5", null));
        isBehindTheEnd(version, "frame", 28, "end_frame", null);
    }

    @Test
    void whatWasSaidOfAPlaceYearsAwayDoesNotStandInTheWayOfTheRate() {
        var version = version(null, null);
        var comment = story.asSuperuser()
                .adds(
                        "insert into timecode_comments (video_version_id, timecode_seconds, content)"
                                + " values (?, 9999999.9, 'x') returning id",
                        version);
        story.asSuperuser().does("update video_versions set frame_rate = 240 where id = ?", version);
        assertEquals("2000000000|8333333.333|null|null", story.asSuperuser().one(PLACE, comment));
    }

    @Test
    void theVeryEndIsTheLastFrame() {
        var version = version(new FrameRate(25, 1), "10");
        assertEquals("249|9.960|null|null", bySeconds(version, "10", null));
        assertEquals("200|8.000|249|9.960", bySeconds(version, "8", "10"));
        var film = version(new FrameRate(24_000, 1001), "10.010");
        assertEquals("239|9.968|null|null", bySeconds(film, "10.010", null));
        assertEquals("239|9.968|null|null", byFrame(film, 239, null));
        isBehindTheEnd(film, "frame", 240, "end_frame", null);
    }

    @Test
    void aPlaceBehindTheEndIsRefused() {
        var version = version(new FrameRate(25, 1), "10");
        isBehindTheEnd(version, "frame", 250, "end_frame", null);
        isBehindTheEnd(version, "frame", 10, "end_frame", 250);
        isBehindTheEnd(version, "timecode_seconds", 10.1, "end_timecode_seconds", null);
        isBehindTheEnd(version, "timecode_seconds", 1, "end_timecode_seconds", 10.1);
        var sound = version(null, "10");
        isBehindTheEnd(sound, "timecode_seconds", 10.001, "end_timecode_seconds", null);
        isBehindTheEnd(sound, "timecode_seconds", 1, "end_timecode_seconds", 10.001);
        assertEquals("null|10.000|null|null", bySeconds(sound, "10", null));
        var comment = comment(version, "frame", 3, "end_frame", null);
        story.as(BOB).isRefused("23514", "update timecode_comments set frame = 250 where id = ?", comment);
        story.as(BOB).isRefused("23514", "update timecode_comments set end_frame = 250 where id = ?", comment);
    }

    @Test
    void whatWasSaidBeforeTheEndWasKnownStaysAndIsAnswered() {
        var version = version(new FrameRate(25, 1), null);
        var comment = comment(version, "frame", 300, "end_frame", 310);
        story.as(BOB).does("update video_versions set duration_seconds = 10 where id = ?", version);
        assertEquals("300|12.000|310|12.400", place(comment));
        var reply = story.as(ADA)
                .adds(
                        "insert into timecode_comments (video_version_id, parent_comment_id, content, author_id)"
                                + " values (?, ?, 'Where?', ?) returning id",
                        version,
                        comment,
                        ADA);
        assertEquals("300|12.000|null|null", place(reply));
        story.as(BOB).does("update timecode_comments set content = 'There' where id = ?", comment);
        story.as(BOB).does("update video_versions set frame_rate = 50 where id = ?", version);
        assertEquals("600|12.000|620|12.400", place(comment));
    }

    @Test
    void aFilmWithoutFramesTakesSecondsOnly() {
        var sound = version(null, null);
        assertEquals("null|1.234|null|5.678", bySeconds(sound, "1.234", "5.678"));
        for (var column : List.of("frame", "end_frame"))
            story.as(BOB)
                    .isRefused(
                            "23514",
                            "insert into timecode_comments (video_version_id, content, author_id, " + column
                                    + (column.equals("frame") ? "" : ", timecode_seconds")
                                    + ") values (?, 'x', ?, 3" + (column.equals("frame") ? "" : ", 1") + ")",
                            sound,
                            BOB);
    }

    @Test
    void aRateFoundLaterGivesItsFramesToTheWholeRange() {
        var unprobed = version(null, null);
        var comment = comment(unprobed, "timecode_seconds", 1.234, "end_timecode_seconds", 5.678);
        story.as(BOB)
                .does(
                        "update video_versions set frame_rate_num = 25, frame_rate_den = 1, duration_seconds = 5.5"
                                + " where id = ?",
                        unprobed);
        assertEquals("31|1.240|142|5.680", place(comment));
        story.as(BOB)
                .does("update video_versions set frame_rate_num = 50, duration_seconds = 60 where id = ?", unprobed);
        assertEquals("62|1.240|284|5.680", place(comment));
    }

    @Test
    void theEndFollowsWhicheverOfTheTwoIsChanged() {
        var comment = comment(version(new FrameRate(25, 1), null), "frame", 10, "end_frame", 20);
        assertEquals("10|0.400|20|0.800", place(comment));
        change(comment, "end_timecode_seconds = 1.21");
        assertEquals("10|0.400|30|1.200", place(comment));
        change(comment, "end_frame = 40");
        assertEquals("10|0.400|40|1.600", place(comment));
        change(comment, "end_frame = null");
        assertEquals("10|0.400|null|null", place(comment));
        change(comment, "end_timecode_seconds = 2");
        assertEquals("10|0.400|50|2.000", place(comment));
        change(comment, "end_timecode_seconds = null");
        assertEquals("10|0.400|null|null", place(comment));
        story.as(BOB)
                .isRefused("23514", "update timecode_comments set end_timecode_seconds = 0.1 where id = ?", comment);
    }

    private void change(String comment, String what) {
        assertEquals(1, story.as(BOB).does("update timecode_comments set " + what + " where id = ?", comment));
    }

    private static void isBehindTheEnd(String version, String start, Number from, String end, Number to) {
        var refusal = story.as(BOB).isRefused("23514", insert(start, end), version, from, to, BOB);
        assertEquals(
                "ERROR: the film ends before this place",
                refusal.getMessage().lines().findFirst().orElseThrow());
    }

    private String byFrame(String version, int frame, Integer end) {
        return place(comment(version, "frame", frame, "end_frame", end));
    }

    private String bySeconds(String version, String from, String to) {
        return place(comment(
                version,
                "timecode_seconds",
                new BigDecimal(from),
                "end_timecode_seconds",
                to == null ? null : new BigDecimal(to)));
    }

    private static String comment(String version, String start, Number from, String end, Number to) {
        return story.as(BOB).adds(insert(start, end) + " returning id", version, from, to, BOB);
    }

    private static String insert(String start, String end) {
        return "insert into timecode_comments (video_version_id, " + start + ", " + end + ", content, author_id)"
                + " values (?, ?, ?, 'x', ?)";
    }

    private static String place(String comment) {
        return story.asSuperuser().one(PLACE, comment);
    }

    private String version(FrameRate rate, String duration) {
        return story.as(BOB)
                .adds(
                        "insert into video_versions (video_asset_id, uploaded_by, frame_rate_num, frame_rate_den,"
                                + " duration_seconds) values (?, ?, ?, ?, ?::numeric) returning id",
                        video,
                        BOB,
                        rate == null ? null : rate.num(),
                        rate == null ? null : rate.den(),
                        duration);
    }
}
