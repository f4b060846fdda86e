package io.agencyos.telemetry;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How what a replica depends on is looked at. */
@ConfigMapping(prefix = "agency")
interface ProbeConfig {

    /** How often. */
    @WithDefault("15s")
    Duration probes();

    /** The command: {@code serve}, or one that ends, which looks at nothing. */
    @WithDefault("serve")
    String command();
}
