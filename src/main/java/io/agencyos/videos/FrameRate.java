package io.agencyos.videos;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;

/**
 * Frames a second, exactly. What a frame and a millisecond have to do with one another is reckoned in whole numbers: a
 * frame begins at frame x den / num seconds, rounded to the millisecond, and a millisecond means the nearest frame. Up
 * to 500 frames a second each frame comes back from its millisecond.
 *
 * @param num frames, as many as come in {@code den} seconds
 * @param den seconds; 1001 where film and television say 23.976, 29.97 or 59.94
 */
public record FrameRate(int num, int den) {

    private static final int HUNDREDTHS = 2;

    /**
     * In lowest terms, so that equal rates are equal.
     *
     * @throws IllegalArgumentException when one of the two is not above zero
     */
    public FrameRate {
        if (num <= 0 || den <= 0) throw new IllegalArgumentException("A frame rate is above zero");
        var divisor = greatestDivisor(num, den);
        num /= divisor;
        den /= divisor;
    }

    private static int greatestDivisor(int a, int b) {
        return b == 0 ? a : greatestDivisor(b, a % b);
    }

    /** The rate of a version, or null while it is not known. */
    public static FrameRate of(VideoVersion version) {
        return version.frameRateNum == null ? null : new FrameRate(version.frameRateNum, version.frameRateDen);
    }

    /**
     * The exact rate behind one that was rounded or cut to two digits, or null where that could be several: a whole
     * number is meant as it stands, and 23.98 and 23.97 are 24000/1001. The trigger {@code exact_frame_rate} says the
     * same.
     */
    public static FrameRate ofRounded(BigDecimal rounded) {
        if (rounded == null || rounded.signum() <= 0) return null;
        var whole = rounded.setScale(0, RoundingMode.CEILING).intValueExact();
        if (rounded.compareTo(BigDecimal.valueOf(whole)) == 0) return new FrameRate(whole, 1);
        var slowed = new FrameRate(Math.multiplyExact(whole, 1000), 1001);
        return slowed.isShownAs(rounded) ? slowed : null;
    }

    private boolean isShownAs(BigDecimal digits) {
        var shown = digits.setScale(HUNDREDTHS, RoundingMode.HALF_UP);
        return shown.compareTo(decimal(RoundingMode.HALF_UP)) == 0 || shown.compareTo(decimal(RoundingMode.DOWN)) == 0;
    }

    private BigDecimal decimal(RoundingMode rounding) {
        return BigDecimal.valueOf(num).divide(BigDecimal.valueOf(den), HUNDREDTHS, rounding);
    }

    /** How many frames a second of timecode counts: the nearest whole number, so 24 for 23.976. */
    public int nominal() {
        return (int) Math.max(1, (2L * num + den) / (2L * den));
    }

    /** Whether timecode can leave out numbers at this rate so as to keep up with the clock: 29.97 and 59.94. */
    public boolean canDrop() {
        return den == 1001 && (num == 30_000 || num == 60_000);
    }

    /** Where a frame begins, in milliseconds from the first one. */
    public long millis(long frame) {
        return (2000 * frame * den + num) / (2L * num);
    }

    /** The frame that begins nearest to a time in milliseconds; of two as near the later one. */
    public long frameAt(long millis) {
        return (2 * millis * num + 1000L * den) / (2000L * den);
    }

    /** How many frames there are in a film of so many milliseconds: at least one. */
    public long framesIn(long millis) {
        return Math.max(1, frameAt(millis));
    }

    @Override
    public String toString() {
        return den == 1 ? Objects.toString(num) : num + "/" + den;
    }
}
