package io.agencyos.activity;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How often house is kept. For how long things are kept the table retention_policies says. */
@ConfigMapping(prefix = "agency.retention")
interface RetentionConfig {

    /** How often partitions are made ahead, and what is too old is archived or dropped. */
    @WithDefault("6h")
    Duration every();

    /** How often the dashboards are computed anew. */
    @WithDefault("15m")
    Duration dashboards();

    /** How long one batch may take. */
    @WithDefault("10m")
    Duration patience();

    /** How often it is looked whether something is due. */
    @WithDefault("1m")
    Duration look();

    /** How long after the start that is looked for the first time. */
    @WithDefault("1m")
    Duration delay();

    /** How many rows are moved or dropped in one transaction. */
    @WithDefault("2000")
    int batch();
}
