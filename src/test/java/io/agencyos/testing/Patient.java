package io.agencyos.testing;

import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/** Statements wait for as long as they like, so that what ends them is none of the database's own limits. */
public class Patient implements QuarkusTestProfile {

    private static final String LIMITS = "quarkus.datasource.reactive.additional-properties.";
    private static final String LONG = "600000";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                LIMITS + "statement_timeout", LONG, LIMITS + "lock_timeout", LONG, "agency.limits.duration", "10m");
    }
}
