package io.agencyos.telemetry;

import java.util.function.Function;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.quarkus.opentelemetry.runtime.QuarkusContextStorage;

/**
 * Spans around what the application does, where an operator wants traces. Where nobody does {@link #isOn} is false, and
 * whoever asks it first neither makes nor wraps anything. A span says what was done, never with which values.
 */
public final class Tracing {

    /** Where Quarkus keeps it. */
    private static final String KEY = QuarkusContextStorage.class.getName() + ".otelContext";

    private static volatile Tracer tracer;

    private Tracing() {}

    static void use(Tracer used) {
        tracer = used;
    }

    /** Whether there are traces at all. */
    public static boolean isOn() {
        return tracer != null;
    }

    /** The span that is current here, with all that belongs to it; null outside of any. */
    public static Context current() {
        return QuarkusContextStorage.INSTANCE.current();
    }

    /** Begins a span beneath {@code parent}, or a trace where that is null. */
    public static Context begin(String name, SpanKind kind, Context parent) {
        var above = parent == null ? Context.root() : parent;
        return above.with(
                tracer.spanBuilder(name).setSpanKind(kind).setParent(above).startSpan());
    }

    /** The span of what {@link #begin} made. */
    public static Span span(Context traced) {
        return Span.fromContext(traced);
    }

    /** Makes {@code traced} the current one of {@code context}, a duplicated one, until the scope is closed. */
    public static Scope enter(io.vertx.core.Context context, Context traced) {
        return QuarkusContextStorage.INSTANCE.attach(context, traced);
    }

    /** A step that is taken later, under the span that is current now. */
    public static <T, R> Function<T, R> carried(Function<T, R> step) {
        var traced = isOn() ? current() : null;
        if (traced == null) return step;
        return value -> {
            try (var scope = traced.makeCurrent()) {
                return step.apply(value);
            }
        };
    }

    /** Lets {@code context} go on under no span. */
    public static void leave(io.vertx.core.Context context) {
        if (isOn()) context.removeLocal(KEY);
    }

    /** Lets {@code to} go on under the span that is current here. */
    public static void carry(io.vertx.core.Context to) {
        var traced = isOn() ? current() : null;
        if (traced != null) enter(to, traced);
    }
}
