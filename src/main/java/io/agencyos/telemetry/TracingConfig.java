package io.agencyos.telemetry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whether there are traces, and how many. */
@ConfigMapping(prefix = "agency.otel")
interface TracingConfig {

    /** Whether there are none. */
    @WithDefault("true")
    boolean disabled();

    /** The share of the traces that begin here which are taken, from 0 to 1; who began one elsewhere decides on it. */
    @WithDefault("1")
    double ratio();
}
