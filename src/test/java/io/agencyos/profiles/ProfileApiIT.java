package io.agencyos.profiles;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the package. */
@QuarkusIntegrationTest
class ProfileApiIT extends ProfileApiTest {}
