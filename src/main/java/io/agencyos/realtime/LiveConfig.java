package io.agencyos.realtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The live feed. */
@ConfigMapping(prefix = "agency.live")
public interface LiveConfig {

    /** For how many days changes are kept, so that a stream can be resumed. */
    @WithDefault("3")
    int retention();
}
