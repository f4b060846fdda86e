package io.agencyos.realtime;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the package. */
@QuarkusIntegrationTest
class LiveRightsIT extends LiveRightsTest {}
