package io.agencyos;

import java.util.Map;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** A secret is what somebody wrote, whatever it looks like, and so is a setting that is made of it. */
class EnvironmentAsItIsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "$",
                "a$b",
                "a$$b",
                "a$$$b$",
                "a${c}",
                "$${c}",
                "${",
                "${AGENCY_SECRET}",
                "a\\$b",
                "a\\\\$b",
                "a\\${c}",
                "\\\\\\$$",
                "a\\b",
                "a:b}$",
                "a::b$c"
            })
    void aSecretIsTakenAsItIs(String secret) {
        var environment = Map.of("AGENCY_SECRET", secret);
        var settings = Map.of("agency.secret", "${AGENCY_SECRET:}", "address", "redis://:${AGENCY_SECRET:none}@host");
        var config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new EnvConfigSource(environment, 300), new EnvironmentAsItIs(environment))
                .withSources(new PropertiesConfigSource(settings, "settings", 250))
                .build();
        assertEquals(secret, config.getValue("AGENCY_SECRET", String.class));
        assertEquals(secret, config.getValue("agency.secret", String.class));
        assertEquals("redis://:" + secret + "@host", config.getValue("address", String.class));
    }
}
