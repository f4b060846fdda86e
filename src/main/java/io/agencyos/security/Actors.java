package io.agencyos.security;

import io.smallrye.mutiny.Uni;

/** Ties a login to the profile it belongs to. The room of the profiles answers. */
public interface Actors {
    /** The actor of a login; its first login makes the profile. */
    Uni<Actor> of(Login login);
}
