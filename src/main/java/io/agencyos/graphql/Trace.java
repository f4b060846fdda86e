package io.agencyos.graphql;

import java.util.List;

import io.agencyos.telemetry.Tracing;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.vertx.core.Vertx;

/**
 * The spans of one run: one for each field that is asked for, however many parents it has, beneath that of the field
 * whose objects they are. There is none where nobody wants traces.
 */
final class Trace {

    private final Context operation;
    private final Context[] bySelection;

    private Trace(Context operation, int selections) {
        this.operation = operation;
        this.bySelection = new Context[selections];
    }

    /** That of the operation which runs here, or null where it has none. */
    static Trace of(Plan plan) {
        var current = Tracing.isOn() ? Tracing.current() : null;
        return current == null ? null : new Trace(current, plan.selections());
    }

    /** Begins the span of a field of {@code selection}. */
    Context begin(PlannedField field, Selection selection, int parents) {
        var above = bySelection[selection.id()] == null ? operation : bySelection[selection.id()];
        var name = field.definition().getName();
        var traced = Tracing.begin(name, SpanKind.INTERNAL, above);
        Tracing.span(traced).setAttribute("graphql.field.name", name).setAttribute("graphql.field.parents", parents);
        for (var beneath : field.shape().innermost().selections().values()) bySelection[beneath.id()] = traced;
        return traced;
    }

    /** Does a step under a span. */
    static void under(Context traced, Runnable step) {
        try (var scope = Tracing.enter(Vertx.currentContext(), traced)) {
            step.run();
        }
    }

    /** Ends that of a field, of which these values have come. */
    static void end(Context traced, List<?> values) {
        var span = Tracing.span(traced);
        if (values == null || values.stream().anyMatch(Throwable.class::isInstance)) span.setStatus(StatusCode.ERROR);
        span.end();
    }
}
