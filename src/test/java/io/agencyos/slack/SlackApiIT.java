package io.agencyos.slack;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the package. */
@QuarkusIntegrationTest
class SlackApiIT extends SlackApiTest {}
