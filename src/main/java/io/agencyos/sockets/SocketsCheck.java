package io.agencyos.sockets;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** A replica that stops is not ready from the first moment on. */
@Readiness
@ApplicationScoped
class SocketsCheck implements HealthCheck {

    private final Sockets sockets;

    SocketsCheck(Sockets sockets) {
        this.sockets = sockets;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("Takes new sockets")
                .status(!sockets.isDraining())
                .build();
    }
}
