package io.agencyos.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what has to come about by itself. */
public final class Await {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_NS = 20_000_000;

    private Await() {}

    /** Until {@code condition} holds; fails with {@code otherwise} when it does not come about. */
    public static void until(BooleanSupplier condition, Supplier<Object> otherwise) {
        var end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) throw new AssertionError("Waited in vain: " + otherwise.get());
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    /** Until {@code actual} is {@code expected}. */
    public static void value(Object expected, Supplier<?> actual) {
        until(() -> expected.equals(actual.get()), () -> "expected " + expected + " but there is " + actual.get());
    }
}
