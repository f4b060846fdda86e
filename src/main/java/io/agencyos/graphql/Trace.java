package io.agencyos.graphql;

import java.util.List;

import graphql.execution.ExecutionContext;
import graphql.language.OperationDefinition;
import io.agencyos.telemetry.Tracing;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
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
    FieldSpan begin(PlannedField field, Selection selection, int parents) {
        var name = field.definition().getName();
        var traced = Tracing.begin(name, SpanKind.INTERNAL, above(selection));
        Tracing.span(traced).setAttribute("graphql.field.name", name).setAttribute("graphql.field.parents", parents);
        lead(field, traced);
        return new FieldSpan(traced);
    }

    /** What is beneath a field that is a mere property stands where the field itself would. */
    void pass(PlannedField field, Selection selection) {
        lead(field, above(selection));
    }

    private Context above(Selection selection) {
        var above = bySelection[selection.id()];
        return above == null ? operation : above;
    }

    private void lead(PlannedField field, Context traced) {
        for (var beneath : field.shape().innermost().selections().values()) bySelection[beneath.id()] = traced;
    }

    static boolean isMutation(ExecutionContext execution) {
        return execution.getOperationDefinition().getOperation() == OperationDefinition.Operation.MUTATION;
    }

    /** The span of one field. */
    static final class FieldSpan {

        private final Context traced;
        private Scope staying = Scope.noop();

        private FieldSpan(Context traced) {
            this.traced = traced;
        }

        /** Is current from now until it ends, and not only while the field is asked. */
        void stay() {
            staying = Tracing.enter(Vertx.currentContext(), traced);
        }

        /** Does a step under it. */
        void under(Runnable step) {
            try (var scope = Tracing.enter(Vertx.currentContext(), traced)) {
                step.run();
            }
        }

        /** Ends it; these values have come. */
        void end(List<?> values) {
            var span = Tracing.span(traced);
            if (values == null || values.stream().anyMatch(Throwable.class::isInstance))
                span.setStatus(StatusCode.ERROR);
            span.end();
            staying.close();
        }
    }
}
