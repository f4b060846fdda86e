package io.agencyos.comments;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the package. */
@QuarkusIntegrationTest
class CommentApiIT extends CommentApiTest {}
