package io.agencyos.videos;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Tells whether films are processed here. The API serves without, so this never makes a replica unready. */
@Readiness
@ApplicationScoped
class MediaCheck implements HealthCheck {

    private final VideosConfig config;
    private final MediaTools tools;

    MediaCheck(VideosConfig config, MediaTools tools) {
        this.config = config;
        this.tools = tools;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("Processes films").up().withData("workers", config.workers());
        if (config.workers() > 0) tools.missing().ifPresent(program -> answer.withData("waits for", program));
        return answer.build();
    }
}
