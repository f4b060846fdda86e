package io.agencyos.videos;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the package. */
@QuarkusIntegrationTest
class VideoApiIT extends VideoApiTest {}
