package io.agencyos.realtime;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * A replica that has not got to read the change log for a while has nothing to tell its subscribers, so it should get no
 * new ones. That somebody's long transaction holds the feed back is the same for all replicas, and only told.
 */
@Readiness
@ApplicationScoped
class FeedCheck implements HealthCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ChangeFeed feed;
    private final FeedLag lag;

    FeedCheck(ChangeFeed feed, FeedLag lag) {
        this.feed = feed;
        this.lag = lag;
    }

    @Override
    public HealthCheckResponse call() {
        var silence = feed.silence();
        return HealthCheckResponse.named("Live feed")
                .status(silence.compareTo(PATIENCE) < 0)
                .withData("read ms ago", silence.toMillis())
                .withData("rows behind", lag.rows())
                .withData("ms behind", lag.age())
                .build();
    }
}
