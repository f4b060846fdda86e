package io.agencyos.storage;

import java.util.Locale;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;

import io.agencyos.telemetry.Dependency;
import io.agencyos.telemetry.Watch;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Tells whether files can be reached. Without them a replica still serves all that is no file, so it stays ready. */
@Readiness
@ApplicationScoped
class StorageCheck implements HealthCheck {

    private final String place;
    private final Dependency storage;

    StorageCheck(StorageConfig config, Instance<Storage> storage, Vertx vertx, Watch watch) {
        this.place = config.storage().name().toLowerCase(Locale.ROOT);
        // what speaks to S3 takes a while to be made
        this.storage = watch.over("Storage", () -> Uni.createFrom()
                .completionStage(() -> vertx.executeBlocking(storage::get).toCompletionStage())
                .chain(Storage::look));
    }

    /** Looks from the start on. */
    void onStart(@Observes StartupEvent start) {}

    @Override
    public HealthCheckResponse call() {
        return storage.told().withData("place", place).build();
    }
}
