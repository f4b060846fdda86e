package io.agencyos.graphql;

import java.util.Map;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.NodeScript;
import io.agencyos.testing.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(AgencyResource.class)
class AuditTest {

    @TestHTTPResource
    String base;

    @Test
    void everyAuditOfTheHttpDraftPasses() {
        var origin = base.replaceAll("/$", "");
        NodeScript.run("audit.test.mjs", Map.of("BASE_URL", origin, "TOKEN", Tokens.of("audrey", "user")));
    }
}
