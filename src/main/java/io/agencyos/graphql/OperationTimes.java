package io.agencyos.graphql;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import graphql.ExecutionInput;
import graphql.language.OperationDefinition;
import io.agencyos.db.LowerCase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;

/**
 * How long queries and mutations take, as {@code agency.graphql} by type, name and outcome; of subscriptions, what it
 * takes until they begin. Names are the clients' own, so there may be many: only the first ones of those that worked
 * get a series, the others share {@code other}.
 */
@ApplicationScoped
class OperationTimes {

    private static final int MOST_NAMES = 100;
    private static final int LONGEST_NAME = 60;
    private static final String OTHER = "other";

    private final MeterRegistry meters;
    private final Map<OperationDefinition.Operation, Map<String, Series>> byName =
            new EnumMap<>(OperationDefinition.Operation.class);
    private final Map<String, Series> others = new ConcurrentHashMap<>();

    OperationTimes(MeterRegistry meters) {
        this.meters = meters;
        for (var type : OperationDefinition.Operation.values()) byName.put(type, new ConcurrentHashMap<>());
        others("none");
        meters.counter(Errors.METER);
    }

    /** Makes it at the start, so that operators find the metrics before anybody has asked for anything. */
    void onStart(@Observes StartupEvent start) {}

    /** The timers of one operation, by their outcome. */
    private record Series(Timer ok, Timer error) {}

    /** Counts an operation that was executed, or at least begun. */
    void executed(ExecutionInput input, boolean ok, long since) {
        Spent spent = input.getGraphQLContext().get(Spent.class);
        var series = spent == null ? others("none") : named(spent.operation(), ok);
        (ok ? series.ok : series.error).record(System.nanoTime() - since, TimeUnit.NANOSECONDS);
    }

    private Series others(String type) {
        return others.computeIfAbsent(type, x -> series(x, OTHER));
    }

    private Series named(OperationDefinition operation, boolean ok) {
        var type = LowerCase.of(operation.getOperation());
        var name = operation.getName() == null ? "anonymous" : operation.getName();
        var names = byName.get(operation.getOperation());
        var known = names.get(name);
        if (known != null) return known;
        var isTaken = ok && names.size() < MOST_NAMES && name.length() <= LONGEST_NAME;
        return isTaken ? names.computeIfAbsent(name, x -> series(type, x)) : others(type);
    }

    private Series series(String type, String name) {
        return new Series(timer(type, name, "ok"), timer(type, name, "error"));
    }

    private Timer timer(String type, String name, String outcome) {
        return Timer.builder("agency.graphql")
                .tag("type", type)
                .tag("operation", name)
                .tag("outcome", outcome)
                .serviceLevelObjectives(
                        Duration.ofMillis(10),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5))
                .register(meters);
    }
}
