package io.agencyos.graphql;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the package. */
@QuarkusIntegrationTest
class GraphqlSocketIT extends GraphqlSocketTest {}
