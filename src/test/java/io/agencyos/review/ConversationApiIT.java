package io.agencyos.review;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the package. */
@QuarkusIntegrationTest
class ConversationApiIT extends ConversationApiTest {}
