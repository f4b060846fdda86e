package io.agencyos.testing;

import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/** Silence is soon too long, and few sockets are too many. */
public class Impatient implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("agency.limits.keepalive", "1s", "agency.limits.sockets", "3");
    }
}
