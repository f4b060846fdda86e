package io.agencyos.requests;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The same against the native executable; against the jar it would take long and tell nothing new. */
@QuarkusIntegrationTest
@EnabledIfSystemProperty(named = "native", matches = ".*")
class PagingIT extends PagingTest {}
