package io.agencyos.realtime;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;

import io.agencyos.db.Notifications;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.vertx.core.Vertx;

/** Makes the one relay of this replica, as the operator has chosen it. */
@ApplicationScoped
class RelayChoice {

    @Produces
    @ApplicationScoped
    Relay relay(
            RelayConfig config,
            Notifications notifications,
            Instance<ReactiveRedisDataSource> redis,
            Vertx vertx,
            MeterRegistry meters) {
        return switch (config.relay()) {
            case POSTGRES -> new PostgresRelay(notifications, vertx, meters);
            case REDIS -> new RedisRelay(redis.get(), vertx, meters);
        };
    }

    void close(@Disposes Relay relay) {
        if (relay instanceof RedisRelay redis) redis.close();
    }
}
