package io.agencyos.clients;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the package. */
@QuarkusIntegrationTest
class ClientApiIT extends ClientApiTest {}
