package io.agencyos.realtime;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Somebody who changes requests and comments until told to stop. */
abstract class SoakWriter implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(300);

    final Random random;
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    SoakWriter(Random random) {
        this.random = random;
    }

    /** Makes some changes; answers whether they were committed. */
    abstract boolean write() throws Exception;

    final void run(BooleanSupplier goesOn) {
        while (goesOn.getAsBoolean()) {
            if (writes()) done.incrementAndGet();
            else failed.incrementAndGet();
            pause(PAUSE);
        }
    }

    /** A server that is away for a while, or a row that somebody else has removed, is what a soak is about. */
    private boolean writes() {
        try {
            return write();
        } catch (Exception e) {
            return false;
        }
    }

    /** For a random time that is this long on average. */
    final void pause(Duration average) {
        LockSupport.parkNanos((long) (average.toNanos() * 2 * random.nextDouble()));
    }

    /** How often it has committed something. */
    final int done() {
        return done.get();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + " wrote " + done + " times, and " + failed + " times did not";
    }

    @Override
    public void close() {}
}
