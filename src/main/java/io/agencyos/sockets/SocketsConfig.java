package io.agencyos.sockets;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;

/** How open sockets are watched, counted and ended. */
@ConfigMapping(prefix = "agency")
interface SocketsConfig {

    /** After how long a silent peer is asked for a sign of life; after twice as long it is given up. */
    @WithName("limits.keepalive")
    @WithDefault("25s")
    Duration keepalive();

    /** How many sockets and event streams one person may have open at one replica. */
    @WithName("limits.sockets")
    @WithDefault("100")
    int perPerson();

    /** Over how long sockets are closed when the replica is told to stop. */
    @WithDefault("5s")
    Duration drain();

    /** How long a query or a mutation may take, so that a replica that stops knows how long to wait for it. */
    @WithName("limits.duration")
    @WithDefault("30s")
    Duration longestOperation();
}
