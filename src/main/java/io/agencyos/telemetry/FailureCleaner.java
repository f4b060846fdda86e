package io.agencyos.telemetry;

import jakarta.inject.Singleton;

import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdkBuilder;
import io.opentelemetry.sdk.internal.ExceptionAttributeResolver;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.internal.SdkTracerProviderUtil;
import io.quarkus.opentelemetry.runtime.AutoConfiguredOpenTelemetrySdkBuilderCustomizer;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Tells of a failure of which kind it was, and none of its words: PostgreSQL's hold what clients have sent. They stand in
 * the log, cleaned, under the same trace.
 */
@Singleton
@RegisterForReflection(targets = SdkTracerProviderBuilder.class)
class FailureCleaner implements AutoConfiguredOpenTelemetrySdkBuilderCustomizer {

    @Override
    public void customize(AutoConfiguredOpenTelemetrySdkBuilder builder) {
        builder.addTracerProviderCustomizer((provider, x) -> {
            SdkTracerProviderUtil.setExceptionAttributeResolver(provider, FailureCleaner::tell);
            return provider;
        });
    }

    private static void tell(ExceptionAttributeResolver.AttributeSetter told, Throwable failure, int longest) {
        told.setAttribute(
                ExceptionAttributeResolver.EXCEPTION_TYPE, failure.getClass().getName());
    }
}
