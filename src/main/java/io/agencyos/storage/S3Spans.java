package io.agencyos.storage;

import io.agencyos.telemetry.Tracing;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import software.amazon.awssdk.core.interceptor.Context.AfterExecution;
import software.amazon.awssdk.core.interceptor.Context.BeforeExecution;
import software.amazon.awssdk.core.interceptor.Context.FailedExecution;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** A span for each call to S3 that somebody's operation makes, by the name of what is called; keys are not told. */
final class S3Spans implements ExecutionInterceptor {

    private static final ExecutionAttribute<Context> SPAN = new ExecutionAttribute<>("agency-span");

    @Override
    public void beforeExecution(BeforeExecution call, ExecutionAttributes attributes) {
        var parent = Tracing.isOn() ? Tracing.current() : null;
        if (parent == null) return;
        var name = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        var traced = Tracing.begin("S3." + name, SpanKind.CLIENT, parent);
        Tracing.span(traced)
                .setAttribute("rpc.system", "aws-api")
                .setAttribute("rpc.service", "S3")
                .setAttribute("rpc.method", name);
        attributes.putAttribute(SPAN, traced);
    }

    @Override
    public void afterExecution(AfterExecution call, ExecutionAttributes attributes) {
        end(attributes, true);
    }

    @Override
    public void onExecutionFailure(FailedExecution call, ExecutionAttributes attributes) {
        end(attributes, false);
    }

    private static void end(ExecutionAttributes attributes, boolean ok) {
        var traced = attributes.getAttribute(SPAN);
        if (traced == null) return;
        var span = Tracing.span(traced);
        if (!ok) span.setStatus(StatusCode.ERROR);
        span.end();
    }
}
