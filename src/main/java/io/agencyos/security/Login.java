package io.agencyos.security;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;

import jakarta.json.JsonString;

import io.quarkus.security.identity.SecurityIdentity;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * What a verified access token says of a person.
 *
 * @param subject issuer and {@code sub}, the key of a login (OpenID Connect Core 2)
 * @param sub the token's {@code sub} alone
 * @param firstName {@code given_name}, else {@code name}, or null
 * @param lastName {@code family_name}, or null
 * @param avatarUrl {@code picture}, or null
 * @param role the highest role that the roles claim names, or null when it names none
 * @param expiresAt when the token ends
 */
public record Login(
        String subject, String sub, String firstName, String lastName, String avatarUrl, Role role, Instant expiresAt) {

    /**
     * The login of an identity that a token proved.
     *
     * @throws Unauthenticated when the identity is anonymous or its token names nobody
     */
    public static Login of(SecurityIdentity identity) {
        if (identity.isAnonymous() || !(identity.getPrincipal() instanceof JsonWebToken token))
            throw new Unauthenticated("Sign in first: send a bearer token");
        if (token.getSubject() == null || token.getSubject().isBlank())
            throw new Unauthenticated("The token has no sub claim");
        var firstName = text(token, "given_name") == null ? text(token, "name") : text(token, "given_name");
        return new Login(
                subjectOf(token),
                token.getSubject(),
                firstName,
                text(token, "family_name"),
                text(token, "picture"),
                highest(identity.getRoles()),
                end(token));
    }

    /** A claim that is a text; whatever else a provider puts there says nothing to us. */
    private static String text(JsonWebToken token, String claim) {
        Object value = token.getClaim(claim);
        if (value instanceof JsonString json) return json.getString();
        return value instanceof String text ? text : null;
    }

    private static Instant end(JsonWebToken token) {
        try {
            return Instant.ofEpochSecond(token.getExpirationTime());
        } catch (DateTimeException e) {
            throw new Unauthenticated("The token does not say when it ends");
        }
    }

    private static String subjectOf(JsonWebToken token) {
        return token.getIssuer() == null ? token.getSubject() : token.getIssuer() + "|" + token.getSubject();
    }

    private static Role highest(Set<String> roles) {
        for (var role : Role.values()) if (roles.contains(role.value())) return role;
        return null;
    }
}
