package io.agencyos.realtime;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

import io.agencyos.db.Notifications;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;

/** Makes the one relay of this replica. */
@ApplicationScoped
class RelayChoice {

    @Produces
    @ApplicationScoped
    Relay relay(Notifications notifications, Vertx vertx, MeterRegistry meters) {
        return new PostgresRelay(notifications, vertx, meters);
    }
}
