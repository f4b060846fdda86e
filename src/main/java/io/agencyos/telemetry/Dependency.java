package io.agencyos.telemetry;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

import io.smallrye.mutiny.TimeoutException;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.jboss.logging.Logger;

/** Something that all replicas depend on, and whether it was there when it was last looked at. */
public final class Dependency {

    private static final Logger LOG = Logger.getLogger(Dependency.class);

    private final String name;
    private volatile State state;

    /** What was seen, and since when it has been so; {@code reason} is null where it is there. */
    private record State(String reason, Instant since) {}

    Dependency(String name) {
        this.name = name;
    }

    void seen(Throwable failure) {
        var reason = failure == null ? null : reason(failure);
        var before = state;
        if (before != null && (before.reason == null) == (reason == null)) return;
        state = new State(reason, Instant.now().truncatedTo(ChronoUnit.SECONDS));
        if (reason != null) LOG.warnf("%s is away: %s", name, reason);
        else if (before != null) LOG.infof("%s is there again", name);
    }

    private static String reason(Throwable failure) {
        if (failure instanceof TimeoutException) return "it does not answer in time";
        var root = failure;
        while (root.getCause() != null && root.getCause() != root) root = root.getCause();
        return Objects.requireNonNullElse(root.getMessage(), root.getClass().getSimpleName())
                .lines()
                .findFirst()
                .orElse("");
    }

    /** 1 where it was there, else 0; not a number before anybody has looked. */
    double up() {
        var now = state;
        return now == null ? Double.NaN : now.reason == null ? 1 : 0;
    }

    /**
     * What a readiness probe says of it. That is always up: where it is away it is away for all replicas, and if all of
     * them were unready nobody would be served what does not need it.
     */
    public HealthCheckResponseBuilder told() {
        var told = HealthCheckResponse.named(name).up();
        var now = state;
        if (now == null) return told.withData("state", "not looked at yet");
        told.withData("state", now.reason == null ? "there" : "away").withData("since", now.since.toString());
        return now.reason == null ? told : told.withData("reason", now.reason);
    }
}
