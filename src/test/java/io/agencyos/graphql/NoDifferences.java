package io.agencyos.graphql;

import java.util.List;

import io.quarkus.arc.Arc;
import io.quarkus.test.junit.callback.QuarkusTestAfterEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

/** After each test within the application: all its operations were answered as graphql-java would have. */
public class NoDifferences implements QuarkusTestAfterEachCallback {

    @Override
    public void afterEach(QuarkusTestMethodContext context) {
        // a packaged application runs elsewhere, and has nothing of this
        if (Arc.container() == null || !Arc.container().isRunning()) return;
        assertInstanceOf(
                TwiceEngine.class, Arc.container().instance(Engine.class).get());
        assertEquals(List.of(), Differences.take());
    }
}
