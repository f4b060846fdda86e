package io.agencyos.realtime;

import java.util.List;

import io.agencyos.db.Notifications;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** The relay that needs nothing but the database: LISTEN and NOTIFY. */
final class PostgresRelay extends BatchedRelay {

    private static final String CHANNEL = "agency_relay";

    private final Notifications notifications;

    PostgresRelay(Notifications notifications, Vertx vertx, MeterRegistry meters) {
        super(vertx, meters);
        this.notifications = notifications;
        notifications.listen(CHANNEL, this::hear);
    }

    @Override
    Uni<Void> carry(List<String> envelopes) {
        return notifications.send(CHANNEL, envelopes);
    }
}
