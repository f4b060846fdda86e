package io.agencyos.videos;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.agencyos.db.ErrorCode;
import io.agencyos.db.Refusal;
import io.agencyos.videos.VideoJobs.Job;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.json.JsonObject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Takes one job after the other, in as many threads as this replica may use. Without the programs, jobs wait. */
@ApplicationScoped
class ProcessingWorker {

    private static final Logger LOG = Logger.getLogger(ProcessingWorker.class);
    private static final long PATIENCE_MS = 20_000;

    private final VideosConfig config;
    private final MediaTools tools;
    private final VideoJobs jobs;
    private final Processing processing;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean isServing = true;

    ProcessingWorker(VideosConfig config, MediaTools tools, VideoJobs jobs, Processing processing) {
        this.config = config;
        this.tools = tools;
        this.jobs = jobs;
        this.processing = processing;
    }

    void start(
            @Observes StartupEvent started,
            @ConfigProperty(name = "quarkus.scheduler.enabled", defaultValue = "true") boolean isServer) {
        if (!isServer) return;
        if (config.workers() > 0)
            tools.missing().ifPresent(program -> LOG.warnf("Films wait: there is no %s on this machine", program));
        for (var i = 0; i < config.workers(); i++) {
            var thread = new Thread(this::work, "video-worker-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
        isServing = false;
        for (var thread : threads) {
            LockSupport.unpark(thread);
            thread.join(PATIENCE_MS);
        }
    }

    private void work() {
        var worker = UUID.randomUUID();
        while (isServing)
            if (!workOnce(worker)) LockSupport.parkNanos(config.poll().toNanos());
    }

    /** Whether there was something to do. */
    private boolean workOnce(UUID worker) {
        try {
            if (tools.missing().isPresent()) return false;
            var job = jobs.claim(worker);
            if (job == null) return false;
            process(job);
            return true;
        } catch (RuntimeException e) {
            if (isServing) LOG.warnf("No film can be processed at the moment: %s", e.getMessage());
            return false;
        }
    }

    private void process(Job job) {
        try (var attempt = new Attempt(jobs, job, config.lease(), () -> isServing)) {
            var made = processing.make(job, attempt);
            attempt.close();
            finish(job, made);
        } catch (MediaFailure e) {
            LOG.infof("Version %s, attempt %d: %s", job.version(), job.attempt(), e.getMessage());
            fail(job, e.getMessage(), e.isLasting());
        } catch (Abandoned e) {
            processing.forget(job);
            if (!isServing) jobs.release(job);
        }
    }

    /**
     * When the database does not answer, it may have committed all the same: then nothing is removed, and whatever
     * nobody wants of it the next attempt removes.
     */
    private void finish(Job job, JsonObject made) throws MediaFailure {
        try {
            if (jobs.finish(job, made)) processing.tidy(job);
            else processing.forget(job);
        } catch (Refusal refusal) {
            if (refusal.code() != ErrorCode.VALIDATION_FAILED) throw refusal;
            LOG.errorf("Version %s cannot be kept: %s %s", job.version(), refusal.getMessage(), made);
            throw MediaFailure.lasting("What is in the film cannot be kept: " + refusal.getMessage());
        }
    }

    private void fail(Job job, String reason, boolean isLasting) {
        processing.forget(job);
        jobs.fail(job, reason, isLasting);
    }
}
