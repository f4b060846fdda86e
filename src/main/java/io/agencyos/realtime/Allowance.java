package io.agencyos.realtime;

/** So much a second, and no more than a second's worth saved up. */
final class Allowance {

    private final double most;
    private final double perMs;
    private double left;
    private long asked;

    /** An allowance of {@code perSecond}, all of which is there at {@code now} (in milliseconds). */
    Allowance(int most, double perSecond, long now) {
        this.most = most;
        this.perMs = perSecond / 1000;
        this.left = most;
        this.asked = now;
    }

    /** Takes one; false when none is left. */
    boolean take(long now) {
        left = Math.min(most, left + (now - asked) * perMs);
        asked = now;
        if (left < 1) return false;
        left--;
        return true;
    }
}
