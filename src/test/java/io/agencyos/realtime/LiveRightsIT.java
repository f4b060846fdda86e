package io.agencyos.realtime;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** The same against the package. */
@QuarkusIntegrationTest
@Tag("twin")
class LiveRightsIT extends LiveRightsTest {}
