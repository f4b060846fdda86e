package io.agencyos.videos;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * When the frames of a film are shown, as far as that can be said in two numbers.
 *
 * @param count how many frames there are
 * @param rate frames a second; where the rate varies the constant one that comes nearest
 * @param varies whether the frames do not follow one another at a constant rate
 * @param seconds from the first frame to the end of the last one
 */
record FrameTimes(int count, FrameRate rate, boolean varies, double seconds) {

    private static final List<FrameRate> USUAL = Stream.of(
                    new FrameRate(24_000, 1001),
                    new FrameRate(24, 1),
                    new FrameRate(25, 1),
                    new FrameRate(30_000, 1001),
                    new FrameRate(30, 1),
                    new FrameRate(48, 1),
                    new FrameRate(50, 1),
                    new FrameRate(60_000, 1001),
                    new FrameRate(60, 1),
                    new FrameRate(15, 1),
                    new FrameRate(12, 1),
                    new FrameRate(10, 1),
                    new FrameRate(100, 1),
                    new FrameRate(120_000, 1001),
                    new FrameRate(120, 1),
                    new FrameRate(240, 1))
            .toList();

    /** What rounding to the millisecond, as Matroska does it, moves a frame by. */
    private static final double ROUNDING = 0.0012;

    /** How many frames may wait for one that they refer to (H.264, A.3.1; H.265, A.4.1). */
    private static final int MOST_REORDERED = 16;

    /**
     * What times say of a film's frames.
     *
     * @param seconds when each frame is shown, in any order; at least two
     * @param declared rates that the file itself gives, the most trusted first
     */
    static FrameTimes of(double[] seconds, List<FrameRate> declared) {
        var times = seconds.clone();
        Arrays.sort(times);
        var span = times[times.length - 1] - times[0];
        var average = (times.length - 1) / span;
        var fitting = candidates(times, declared)
                .filter(rate -> Math.abs(perSecond(rate) / average - 1) < 0.01)
                .filter(rate -> deviation(times, rate) <= tolerance(rate))
                .findFirst();
        return fitting.map(rate -> new FrameTimes(times.length, rate, false, times.length / perSecond(rate)))
                .orElseGet(() -> new FrameTimes(times.length, nearest(average), true, span + 1 / average));
    }

    /**
     * The constant rate of all frames but the last few, or null where they have none. Frames that others refer to come
     * before these in a file: where it was cut off, the last frames that are there have gaps between them.
     *
     * @param seconds when each frame is shown, in any order
     * @param declared rates that the file itself gives, the most trusted first
     */
    static FrameRate beforeItsEnd(double[] seconds, List<FrameRate> declared) {
        var times = seconds.clone();
        Arrays.sort(times);
        var whole = times.length - MOST_REORDERED;
        if (whole < MOST_REORDERED) return null;
        var found = of(Arrays.copyOf(times, whole), declared);
        var gap = (times[times.length - 1] - times[whole - 1]) * perSecond(found.rate());
        return found.varies() || gap > 2 * MOST_REORDERED ? null : found.rate();
    }

    /** A usual rate that the file gives, then the other usual ones by how well they fit, then whatever it gives. */
    private static Stream<FrameRate> candidates(double[] times, List<FrameRate> declared) {
        var fit = Comparator.<FrameRate>comparingDouble(rate -> deviation(times, rate));
        return Stream.of(
                        declared.stream().filter(USUAL::contains),
                        USUAL.stream().sorted(fit),
                        declared.stream())
                .flatMap(rates -> rates);
    }

    /** How far the frame that is farthest from its place at a constant rate is from it, in seconds. */
    private static double deviation(double[] times, FrameRate rate) {
        var most = 0.0;
        var latest = 0.0;
        for (var i = 0; i < times.length; i++) {
            var off = times[i] - times[0] - i * (double) rate.den() / rate.num();
            most = Math.max(most, off);
            latest = Math.min(latest, off);
        }
        return most - latest;
    }

    private static double tolerance(FrameRate rate) {
        return Math.max(ROUNDING, 0.05 / perSecond(rate));
    }

    private static FrameRate nearest(double average) {
        return USUAL.stream()
                .min(Comparator.comparingDouble(rate -> Math.abs(Math.log(perSecond(rate) / average))))
                .orElseThrow();
    }

    static double perSecond(FrameRate rate) {
        return (double) rate.num() / rate.den();
    }
}
