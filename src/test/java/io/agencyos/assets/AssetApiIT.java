package io.agencyos.assets;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the package. */
@QuarkusIntegrationTest
class AssetApiIT extends AssetApiTest {}
