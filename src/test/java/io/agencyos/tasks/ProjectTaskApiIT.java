package io.agencyos.tasks;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the package. */
@QuarkusIntegrationTest
class ProjectTaskApiIT extends ProjectTaskApiTest {}
