package io.agencyos.graphql;

import graphql.ExecutionInput;
import io.agencyos.db.LowerCase;
import io.agencyos.telemetry.Tracing;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.vertx.core.Context;

/** The span of one operation, be it none at all. Its name is the operation's; its document may hold values. */
final class OperationSpan {

    private static final OperationSpan NONE = new OperationSpan(null, null);

    private final io.opentelemetry.context.Context traced;
    private final Scope scope;

    private OperationSpan(io.opentelemetry.context.Context traced, Scope scope) {
        this.traced = traced;
        this.scope = scope;
    }

    /** Begins that of the operation on {@code context}, beneath what that was begun under. */
    static OperationSpan begin(Context context) {
        if (!Tracing.isOn()) return NONE;
        var traced = Tracing.begin("graphql", SpanKind.INTERNAL, Tracing.current());
        return new OperationSpan(traced, Tracing.enter(context, traced));
    }

    /** Ends it; {@code input} is null where nothing could be executed. */
    void end(ExecutionInput input, boolean ok) {
        if (traced == null) return;
        var span = Tracing.span(traced);
        Spent spent = input == null ? null : input.getGraphQLContext().get(Spent.class);
        if (spent != null) {
            var type = LowerCase.of(spent.operation().getOperation());
            var name = spent.operation().getName();
            span.updateName(name == null ? type : type + " " + name);
            span.setAttribute("graphql.operation.type", type);
            if (name != null) span.setAttribute("graphql.operation.name", name);
        }
        if (!ok) span.setStatus(StatusCode.ERROR);
        span.end();
        scope.close();
    }
}
