package io.agencyos.monitoring;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How the work as a whole is looked at. */
@ConfigMapping(prefix = "agency.monitoring")
interface MonitoringConfig {

    /** How often the queues are counted. */
    @WithDefault("15s")
    Duration every();

    /** What a statement takes on average, in milliseconds, from which on it is slow. */
    @WithDefault("100")
    int slowMs();

    /** When slow statements are written to the log: a cron expression as Quartz has it. */
    @WithDefault("0 0 5 * * ?")
    String report();
}
