package io.agencyos.graphql;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** The same against the package. */
@QuarkusIntegrationTest
@Tag("twin")
class GraphqlRouteIT extends GraphqlRouteTest {}
