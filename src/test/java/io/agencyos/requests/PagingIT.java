package io.agencyos.requests;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the package. */
@QuarkusIntegrationTest
class PagingIT extends PagingTest {}
