package io.agencyos.realtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How replicas hear of one another. */
@ConfigMapping(prefix = "agency")
interface RelayConfig {

    /** What carries messages between replicas. */
    @WithDefault("postgres")
    Carrier relay();

    /** What carries messages between replicas. */
    enum Carrier {
        POSTGRES,
        REDIS
    }
}
