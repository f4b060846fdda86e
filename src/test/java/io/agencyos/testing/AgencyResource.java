package io.agencyos.testing;

import java.util.HashMap;
import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** Points the application under test at a database of its own and at the key that signs the tests' tokens. */
public class AgencyResource implements QuarkusTestResourceLifecycleManager {

    public static final String DATABASE = "agency";

    @Override
    public Map<String, String> start() {
        var settings = new HashMap<>(TestDatabase.create(DATABASE));
        settings.put("AGENCY_OIDC_PUBLIC_KEY", Tokens.publicKey());
        return settings;
    }

    @Override
    public void stop() {
        // the server ends with the JVM
    }
}
