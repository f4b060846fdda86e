package io.agencyos.db;

import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where the database is, and as whom it is entered. */
@ConfigMapping(prefix = "agency.db")
interface DatabaseConfig {

    /** What the application runs on, {@code postgresql://host:port/database}. */
    Optional<String> url();

    /** The JDBC address. */
    String jdbcUrl();

    /**
     * Past the pooler, {@code postgresql://host:port/database}: where it is given, what the application runs on leads to a
     * pooler in transaction mode.
     */
    Optional<String> directUrl();

    /** A streaming replica that queries may be read from, {@code postgresql://host:port/database}. */
    Optional<String> readUrl();

    /** How far behind the replica may be before it is not asked any more. */
    @WithDefault("10s")
    Duration readLag();

    /** The role that the application runs as: neither owner nor free of row level security. */
    Optional<String> user();

    /** Its password. */
    Optional<String> password();

    /** The role that migrates; only needed where migrations run. */
    Optional<String> owner();

    /** Its password. */
    Optional<String> ownerPassword();
}
