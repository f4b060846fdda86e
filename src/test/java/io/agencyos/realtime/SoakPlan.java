package io.agencyos.realtime;

import java.time.Duration;
import java.util.Locale;

/**
 * How long a soak takes, and what happens in it.
 *
 * @param length how long is written
 * @param writers how many write at a time, at least four so that each kind is there
 * @param listeners how many subscriptions
 * @param kills how often a process of the application is killed
 * @param restarts how often PostgreSQL is restarted, fast and as a crash in turn
 * @param hold how long the long transactions stay open
 * @param cut how long a listener keeps its socket, on average
 * @param seed of all that is random; another run with it does the same things, though not at the same moments
 */
record SoakPlan(
        Duration length, int writers, int listeners, int kills, int restarts, Duration hold, Duration cut, long seed) {

    /** The short form, or with {@code -Dsoak=10m} the long one of that length; {@code -Dsoak.seed=1} repeats a run. */
    static SoakPlan chosen() {
        var seed = Long.getLong("soak.seed", System.currentTimeMillis());
        var length = System.getProperty("soak");
        return length == null
                ? new SoakPlan(seconds(60), 4, 30, 2, 1, seconds(2), seconds(6), seed)
                : new SoakPlan(parse(length), 8, 200, 5, 2, seconds(4), seconds(20), seed);
    }

    private static Duration parse(String length) {
        return Duration.parse("PT" + length.toUpperCase(Locale.ROOT));
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
