package io.agencyos.db;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;

/** Where the database is, and as whom it is entered. */
@ConfigMapping(prefix = "agency.db")
interface DatabaseConfig {

    /** The JDBC address. */
    String jdbcUrl();

    /** The role that the application runs as: neither owner nor free of row level security. */
    Optional<String> user();

    /** Its password. */
    Optional<String> password();

    /** The role that migrates; only needed where migrations run. */
    Optional<String> owner();

    /** Its password. */
    Optional<String> ownerPassword();
}
