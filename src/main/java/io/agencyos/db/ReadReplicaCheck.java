package io.agencyos.db;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Tells how the replica does that queries are read from. Without it the primary is asked, so nobody is unready for it. */
@Readiness
@ApplicationScoped
class ReadReplicaCheck implements HealthCheck {

    private final ReadReplica replica;

    ReadReplicaCheck(ReadReplica replica) {
        this.replica = replica;
    }

    @Override
    public HealthCheckResponse call() {
        var told = HealthCheckResponse.named(ReadReplica.NAME).up();
        if (!replica.isThere()) return told.withData("state", "none").build();
        told.withData("state", replica.isCurrent() ? "there" : "away or too far behind");
        var lag = replica.lag();
        return Double.isNaN(lag)
                ? told.build()
                : told.withData("ms behind", (long) lag).build();
    }
}
