package io.agencyos.realtime;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;

/** What a room and its members may take. */
@ConfigMapping(prefix = "agency")
interface RoomsConfig {

    /** How long a websocket may take to sign in. */
    @WithName("limits.connection-init")
    @WithDefault("10s")
    Duration signIn();

    /** What a room and its members may take. */
    Rooms rooms();

    /** What a room and its members may take. */
    interface Rooms {

        /** How many connections may be in a room, over all replicas as far as they know of each other. */
        @WithDefault("200")
        int members();

        /** How many rooms a connection may be in. */
        @WithDefault("20")
        int perConnection();

        /** How many connections a person may have to one replica. */
        @WithDefault("10")
        int connections();

        /** How many messages a second a person may send to one replica. */
        @WithDefault("30")
        int rate();

        /** How many messages may wait for a connection that is slow to take them. */
        @WithDefault("256")
        int queue();

        /** How long a connection, or another replica, may be silent before it is taken for gone. */
        @WithDefault("30s")
        Duration silence();

        /** How often it is asked whether those in a room may still be there. */
        @WithDefault("10s")
        Duration recheck();
    }
}
