package io.agencyos.videos;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.agencyos.videos.VideoJobs.Job;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
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
        var isDone = false;
        try (var attempt = new Attempt(jobs, job, config.lease(), () -> isServing)) {
            var made = processing.make(job, attempt);
            attempt.close();
            isDone = jobs.finish(job, made);
        } catch (MediaFailure e) {
            LOG.infof("Version %s, attempt %d: %s", job.version(), job.attempt(), e.getMessage());
            jobs.fail(job, e.getMessage(), e.isLasting());
        } catch (Abandoned e) {
            if (!isServing) jobs.release(job);
        } catch (RuntimeException e) {
            LOG.errorf(e, "Version %s, attempt %d", job.version(), job.attempt());
            jobs.fail(job, "The film could not be processed", false);
        } finally {
            if (isDone) processing.tidy(job);
            else processing.forget(job);
        }
    }
}
