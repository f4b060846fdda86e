package io.agencyos.security;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;

/** Who says who somebody is. */
@ConfigMapping(prefix = "agency.oidc")
interface IdentityConfig {

    /** The OIDC provider's address; none where a public key proves the tokens. */
    Optional<String> issuer();
}
