package io.agencyos.videos;

import java.math.BigDecimal;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Frames, timecodes and milliseconds name the same places, exactly. */
class TimecodeTest {

    private static final FrameRate FILM = new FrameRate(24_000, 1001);
    private static final FrameRate NTSC = new FrameRate(30_000, 1001);
    private static final FrameRate NTSC_TWICE = new FrameRate(60_000, 1001);
    private static final FrameRate PAL = new FrameRate(25, 1);

    static Stream<Timecode> supported() {
        var whole = Stream.of(24, 25, 30, 50, 60).map(rate -> timecode(new FrameRate(rate, 1), false));
        var slowed = Stream.of(FILM, NTSC, NTSC_TWICE).map(rate -> timecode(rate, false));
        var dropping = Stream.of(NTSC, NTSC_TWICE).map(rate -> timecode(rate, true));
        return Stream.of(whole, slowed, dropping).flatMap(all -> all);
    }

    private static Timecode timecode(FrameRate rate, boolean drop) {
        return new Timecode(rate, null, drop);
    }

    @ParameterizedTest
    @MethodSource("supported")
    void everyFrameOfADayComesBackFromItsTimecode(Timecode timecode) {
        for (var frame = 0L; frame < timecode.framesPerDay(); frame++) {
            var text = timecode.text(frame);
            if (timecode.frame(text) != frame) assertEquals(frame, timecode.frame(text), text);
        }
        assertEquals(timecode.text(0), timecode.text(timecode.framesPerDay()));
    }

    @ParameterizedTest
    @MethodSource("supported")
    void everyFrameOfADayComesBackFromItsMillisecond(Timecode timecode) {
        var rate = timecode.rate();
        for (var frame = 0L; frame < timecode.framesPerDay(); frame++) {
            var millis = rate.millis(frame);
            if (rate.frameAt(millis) != frame) assertEquals(frame, rate.frameAt(millis), millis + " ms");
        }
    }

    @ParameterizedTest
    @MethodSource("supported")
    void timecodesFollowOneAnotherWithoutAGapButTheDroppedNumbers(Timecode timecode) {
        var nominal = timecode.rate().nominal();
        var number = 0L;
        for (var frame = 0L; frame < timecode.framesPerDay(); frame++, number++) {
            var second = number / nominal;
            var opensAMinute = number % (60L * nominal) == 0 && second / 60 % 10 != 0;
            if (timecode.isDropFrame() && opensAMinute) number += nominal / 15;
            var text = timecode.text(frame);
            if (read(text, nominal) != number) assertEquals(number, read(text, nominal), text);
        }
        assertEquals(24L * 3600 * nominal, number);
    }

    /** The number that a timecode writes, whatever is left out. */
    private static long read(String text, int nominal) {
        var seconds = (digits(text, 0) * 60 + digits(text, 3)) * 60 + digits(text, 6);
        return seconds * nominal + digits(text, 9);
    }

    private static long digits(String text, int at) {
        return (text.charAt(at) - '0') * 10L + text.charAt(at + 1) - '0';
    }

    @ParameterizedTest
    @CsvSource({
        // the places that SMPTE ST 12-1 and everybody's tables agree on
        "30000, 1001, true, 0, 00:00:00;00",
        "30000, 1001, true, 1799, 00:00:59;29",
        "30000, 1001, true, 1800, 00:01:00;02",
        "30000, 1001, true, 17981, 00:09:59;29",
        "30000, 1001, true, 17982, 00:10:00;00",
        "30000, 1001, true, 107892, 01:00:00;00",
        "30000, 1001, true, 2589407, 23:59:59;29",
        "30000, 1001, false, 1800, 00:01:00:00",
        "60000, 1001, true, 3599, 00:00:59;59",
        "60000, 1001, true, 3600, 00:01:00;04",
        "60000, 1001, true, 35964, 00:10:00;00",
        "60000, 1001, true, 215784, 01:00:00;00",
        "24000, 1001, false, 86400, 01:00:00:00",
        "25, 1, false, 90049, 01:00:01:24",
        "120, 1, false, 239, 00:00:01:119",
        "25, 2, false, 13, 00:00:01:00"
    })
    void knownPlaces(int num, int den, boolean drop, long frame, String text) {
        var timecode = timecode(new FrameRate(num, den), drop);
        assertEquals(text, timecode.text(frame));
        assertEquals(frame, timecode.frame(text));
    }

    @Test
    void aFilmThatStartsAtAnHourCountsFromThere() {
        var timecode = new Timecode(FILM, "01:00:00:00", false);
        assertEquals(86_400, timecode.startFrame());
        assertEquals("01:00:00:00", timecode.text(0));
        assertEquals("01:00:02:01", timecode.text(49));
        assertEquals(49, timecode.frame("01:00:02:01"));
        assertEquals("10:00:00;02", new Timecode(NTSC, "10:00:00;00", true).text(2));
    }

    @Test
    void afterADayTheNumbersBeginAnew() {
        var timecode = new Timecode(PAL, "23:59:59:24", false);
        assertEquals("00:00:00:00", timecode.text(1));
        assertEquals(1, timecode.frame("00:00:00:00"));
        assertEquals(timecode.framesPerDay() - 1, timecode.frame("23:59:59:23"));
        var dropping = new Timecode(NTSC_TWICE, "23:59:59;59", true);
        assertEquals("00:00:00;00", dropping.text(1));
    }

    @Test
    void aStartWithASemicolonIsDropFrame() {
        assertTrue(new Timecode(NTSC, "01:00:00;00", false).isDropFrame());
        assertFalse(new Timecode(NTSC, "01:00:00:00", false).isDropFrame());
        assertThrows(IllegalArgumentException.class, () -> new Timecode(PAL, "01:00:00;00", false));
        assertThrows(IllegalArgumentException.class, () -> timecode(FILM, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00:01:00;00", "00:01:00;01", "00:09:00;00", "23:59:00;01", "00:11:00:00"})
    void aDroppedNumberIsRefused(String text) {
        assertEquals("Drop-frame timecode leaves out " + text, refusal(timecode(NTSC, true), text));
    }

    @Test
    void atTwiceTheRateTwiceAsManyAreDropped() {
        var timecode = timecode(NTSC_TWICE, true);
        assertEquals("Drop-frame timecode leaves out 00:01:00;03", refusal(timecode, "00:01:00;03"));
        assertEquals(3600, timecode.frame("00:01:00;04"));
        assertEquals(35_964, timecode.frame("00:10:00;00"));
    }

    @ParameterizedTest
    @CsvSource({"24, 00:00:00:24", "25, 00:00:00:25", "25, 00:00:00:99", "60, 00:00:00:60"})
    void aSecondHasOnlyItsFrames(int rate, String text) {
        assertEquals(
                "A second of timecode at " + rate + " frames a second ends with frame " + (rate - 1)
                        + ", so there is no " + text,
                refusal(timecode(new FrameRate(rate, 1), false), text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "00:00:00",
                "00:00:00:0",
                "0:00:00:00",
                "00:00:00:000",
                "00-00-00-00",
                "00:00:00,00",
                " 00:00:00:00",
                "00:00:00:00 ",
                "-1:00:00:00",
                "aa:00:00:00",
                "00:00:00:0x",
                "٠٠:٠٠:٠٠:٠٠",
                "00:00:00:00000000000000000000000"
            })
    void whatIsNoTimecodeIsRefused(String text) {
        var refusal = refusal(timecode(PAL, false), text);
        assertTrue(refusal.startsWith("A timecode is hh:mm:ss:ff, not "), refusal);
        assertTrue(refusal.length() < 60, refusal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"24:00:00:00", "00:60:00:00", "00:00:60:00", "99:99:99:99"})
    void hoursMinutesAndSecondsHaveTheirEnd(String text) {
        assertTrue(refusal(timecode(PAL, false), text).startsWith("There is no "), text);
    }

    @Test
    void aColonIsTakenInADropFrameFilmButNoSemicolonInAnother() {
        assertEquals(1800, timecode(NTSC, true).frame("00:01:00:02"));
        assertEquals(1800, timecode(NTSC, true).frame("00:01:00.02"));
        assertEquals(
                "The film's timecode is not drop-frame: write a colon before the frames",
                refusal(timecode(NTSC, false), "00:01:00;02"));
    }

    private static String refusal(Timecode timecode, String text) {
        return assertThrows(IllegalArgumentException.class, () -> timecode.frame(text))
                .getMessage();
    }

    @ParameterizedTest
    @CsvSource({
        "23.98, 24000/1001",
        "23.97, 24000/1001",
        "23.976, 24000/1001",
        "29.97, 30000/1001",
        "47.95, 48000/1001",
        "59.94, 60000/1001",
        "119.88, 120000/1001",
        "24.00, 24",
        "25, 25",
        "30, 30",
        "50, 50",
        "60, 60"
    })
    void aRoundedRateIsKnownWhereItCanOnlyBeOne(BigDecimal rounded, String exact) {
        assertEquals(exact, FrameRate.ofRounded(rounded).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-25", "12.5", "23.5", "23.96", "23.99", "29.98", "29.99", "59.95"})
    void aRoundedRateThatCouldBeAnyIsNotKnown(BigDecimal rounded) {
        assertNull(FrameRate.ofRounded(rounded));
    }

    @Test
    void equalRatesAreEqual() {
        assertEquals(PAL, new FrameRate(25_000, 1000));
        assertEquals(24, FILM.nominal());
        assertEquals(13, new FrameRate(25, 2).nominal());
        assertThrows(IllegalArgumentException.class, () -> new FrameRate(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new FrameRate(25, 0));
    }

    @Test
    void aVersionCountsByWhatIsKnownOfIt() {
        var version = new VideoVersion();
        assertNull(Timecode.of(version));
        version.frameRateNum = 30_000;
        version.frameRateDen = 1001;
        assertEquals("00:01:00:00", Timecode.of(version).text(1800));
        version.dropFrame = true;
        assertEquals("00:01:00;02", Timecode.of(version).text(1800));
        version.startTimecode = "00:01:00;00";
        assertNull(Timecode.of(version), "no film starts with a number that does not exist");
        version.startTimecode = "10:00:00;00";
        assertEquals("10:00:00;00", Timecode.of(version).text(0));
    }
}
