package io.agencyos.db;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the binary is to do, and how the policies are tuned. */
@ConfigMapping(prefix = "agency")
public interface AgencyConfig {

    /** The command: {@code serve}, {@code migrate} or {@code verify-schema}. */
    @WithDefault("serve")
    String command();

    /** Whether people of role client read only their own clients' work, or everything that is not internal. */
    @WithDefault("own")
    ClientsSee clientsSee();

    /** What clients see. */
    enum ClientsSee {
        OWN,
        ALL;

        String setting() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
