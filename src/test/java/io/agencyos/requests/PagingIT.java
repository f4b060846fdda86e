package io.agencyos.requests;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** The same against the package. */
@QuarkusIntegrationTest
@Tag("twin")
class PagingIT extends PagingTest {}
