package io.agencyos.videos;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.agencyos.videos.VideoJobs.Job;
import org.jboss.logging.Logger;

/**
 * Gives signs of life for a job while it is worked on, and tells how far it is: at most once a second, and only when
 * the percent has changed or it is time.
 */
final class Attempt implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Attempt.class);
    private static final long BEAT_MS = 1000;

    private final VideoJobs jobs;
    private final Job job;
    private final long rest;
    private final BooleanSupplier serving;
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(Attempt::thread);
    private volatile int percent;
    private volatile boolean isLost;
    private int told;
    private long toldAt = System.nanoTime();

    Attempt(VideoJobs jobs, Job job, Duration lease, BooleanSupplier serving) {
        this.jobs = jobs;
        this.job = job;
        this.rest = lease.toNanos() / 3;
        this.serving = serving;
        var beat = Math.min(BEAT_MS, Math.max(1, lease.toMillis() / 6));
        heart.scheduleWithFixedDelay(this::beat, beat, beat, TimeUnit.MILLISECONDS);
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "video-heart");
        thread.setDaemon(true);
        return thread;
    }

    private void beat() {
        var now = percent;
        if (isLost || now == told && System.nanoTime() - toldAt < rest) return;
        try {
            isLost = !jobs.keep(job, now);
            told = now;
            toldAt = System.nanoTime();
        } catch (RuntimeException e) {
            // the lease lasts for a while yet; should it end, the next sign of life says so
            LOG.warnf("No sign of life for version %s could be given: %s", job.version(), e.getMessage());
        }
    }

    /** It has come from {@code from} percent some of the way, from 0 to 1, to {@code to} percent. */
    void reach(int from, int to, double way) {
        percent = Math.max(percent, (int) (from + (to - from) * way));
    }

    /** Whether the job is still this worker's and the application serves. */
    boolean isWanted() {
        return !isLost && serving.getAsBoolean();
    }

    @Override
    public void close() {
        heart.shutdownNow();
        try {
            // what comes after must not be overtaken by a sign of life
            if (!heart.awaitTermination(30, TimeUnit.SECONDS)) LOG.warn("A sign of life takes too long");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
