package io.agencyos.telemetry;

import java.time.Duration;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/**
 * Looks now and then at what a replica depends on, so that no probe has to wait for it, however many ask. Each has a
 * gauge {@code agency.dependency.up}, 1 or 0, by its name.
 */
@ApplicationScoped
public class Watch {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final long SOON_MS = 500;

    private final Vertx vertx;
    private final ProbeConfig config;
    private final MeterRegistry meters;

    Watch(Vertx vertx, ProbeConfig config, MeterRegistry meters) {
        this.vertx = vertx;
        this.config = config;
        this.meters = meters;
    }

    /**
     * Looks at something from now on.
     *
     * @param name what operators call it
     * @param look fails when it is not there; longer than five seconds is a failure as well
     */
    public Dependency over(String name, Supplier<Uni<?>> look) {
        var dependency = new Dependency(name);
        Gauge.builder("agency.dependency.up", dependency, Dependency::up)
                .tag("name", name)
                .register(meters);
        if (config.command().equals("serve")) {
            // not while there is so much else to do
            vertx.setTimer(SOON_MS, x -> look(dependency, look));
            vertx.setPeriodic(config.probes().toMillis(), x -> look(dependency, look));
        }
        return dependency;
    }

    private static void look(Dependency dependency, Supplier<Uni<?>> look) {
        Uni.createFrom()
                .deferred(() -> look.get().replaceWithVoid())
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .subscribe()
                .with(x -> dependency.seen(null), dependency::seen);
    }
}
