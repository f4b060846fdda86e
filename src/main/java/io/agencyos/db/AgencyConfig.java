package io.agencyos.db;

import java.time.Duration;
import java.util.Locale;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;

/** What the binary is to do, and how the policies are tuned. */
@ConfigMapping(prefix = "agency")
public interface AgencyConfig {

    /** The command: {@code serve}, {@code migrate} or {@code verify-schema}. */
    @WithDefault("serve")
    String command();

    /** Whether people of role client read only their own clients' work, or everything that is not internal. */
    @WithDefault("own")
    ClientsSee clientsSee();

    /** How long a statement may take, in milliseconds. */
    @WithName("limits.statement-ms")
    @WithDefault("15000")
    int statementTimeout();

    /** How long the work of a unit may take once it has its connection. */
    @WithName("limits.unit")
    @WithDefault("30s")
    Duration unitTimeout();

    /** What clients see. */
    enum ClientsSee {
        OWN,
        ALL;

        String setting() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
