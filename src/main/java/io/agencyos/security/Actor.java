package io.agencyos.security;

import java.util.UUID;

/**
 * The one in whose name a statement runs; row level security reads nothing else.
 *
 * @param id the profile, or null for the application itself
 * @param role {@code admin}, {@code user}, {@code client}, or {@code system} for the application's own jobs
 */
public record Actor(UUID id, String role) {

    /** The application's own jobs: sees everything, is nobody. */
    public static final Actor SYSTEM = new Actor(null, "system");

    /** Whether they may do everything. */
    public boolean isAdmin() {
        return "admin".equals(role);
    }

    /** Whether they are a client's, and see only what is theirs. */
    public boolean isClient() {
        return "client".equals(role);
    }
}
