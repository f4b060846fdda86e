package io.agencyos.telemetry;

import java.util.function.Function;

import jakarta.inject.Inject;

import io.agencyos.testing.AgencyResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

/** Where nobody wants traces nothing is wrapped: neither what Vert.x sends and gets, nor our own steps. */
@QuarkusTest
@QuarkusTestResource(AgencyResource.class)
class TracingTest {

    @Inject
    Vertx vertx;

    @Test
    void withoutAnEndpointNothingIsWrapped() {
        assertFalse(Tracing.isOn());
        assertNull(((VertxInternal) vertx).tracer());
        Function<String, String> step = String::trim;
        assertSame(step, Tracing.carried(step));
    }
}
