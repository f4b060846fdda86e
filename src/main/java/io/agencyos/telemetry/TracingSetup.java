package io.agencyos.telemetry;

import java.util.List;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import io.quarkus.runtime.StartupEvent;

/** Switches traces on where an operator has said where they go. */
@ApplicationScoped
class TracingSetup {

    void onStart(@Observes @Priority(1) StartupEvent start, TracingConfig config, OpenTelemetry telemetry) {
        Tracing.use(config.disabled() ? null : telemetry.getTracer("agency-os"));
    }

    @Produces
    @Singleton
    Sampler sampler(TracingConfig config) {
        return Sampler.parentBased(new Roots(Sampler.traceIdRatioBased(config.ratio())));
    }

    /** What begins a trace: a client's request does, and none of the statements that the application asks for itself. */
    private record Roots(Sampler ratio) implements Sampler {

        @Override
        public SamplingResult shouldSample(
                Context parent, String trace, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
            return kind == SpanKind.CLIENT
                    ? SamplingResult.drop()
                    : ratio.shouldSample(parent, trace, name, kind, attributes, links);
        }

        @Override
        public String getDescription() {
            return "Roots{" + ratio.getDescription() + "}";
        }
    }
}
