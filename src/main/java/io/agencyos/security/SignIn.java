package io.agencyos.security;

import java.time.Duration;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.TenantIdentityProvider;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;

/** A bearer token, from an HTTP header or a websocket's first message, to an actor. */
@ApplicationScoped
public class SignIn {

    private final TenantIdentityProvider identities;
    private final Actors actors;

    // proving a signature costs more than a whole query; a token is proved once a minute, and never beyond its end
    private final Cache<String, Session> proved = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(1))
            .maximumSize(10_000)
            .build();

    SignIn(TenantIdentityProvider identities, Actors actors) {
        this.identities = identities;
        this.actors = actors;
    }

    /**
     * Somebody signed in for as long as the token lasts.
     *
     * @param login what the token says
     * @param actor whose token it is
     */
    public record Session(Login login, Actor actor) {}

    /**
     * Verifies the value of an {@code Authorization} header (RFC 6750).
     *
     * @return the session, or null when there is no header; fails with {@link Unauthenticated} when the token is not
     *     one of ours, has expired, or is signed by another key
     */
    public Uni<Session> withHeader(String authorization) {
        if (authorization == null || authorization.isBlank())
            return Uni.createFrom().nullItem();
        if (!authorization.regionMatches(true, 0, "Bearer ", 0, 7))
            return Uni.createFrom().failure(new Unauthenticated("Only bearer tokens are accepted"));
        return withToken(authorization.substring(7).trim());
    }

    /** Proves the tokens of these people anew when they come again. */
    public void forget(Set<UUID> people) {
        proved.asMap().values().removeIf(session -> people.contains(session.actor.id()));
    }

    private Uni<Session> withToken(String token) {
        var known = proved.getIfPresent(token);
        return known != null && Instant.now().isBefore(known.login.expiresAt())
                ? Uni.createFrom().item(known)
                : prove(token).invoke(session -> proved.put(token, session));
    }

    private Uni<Session> prove(String token) {
        return Uni.createFrom()
                .deferred(() -> identities.authenticate(new AccessTokenCredential(token)))
                // what has no parts at all cannot even be looked at
                .onFailure(e -> e instanceof AuthenticationFailedException || e instanceof NoSuchElementException)
                .transform(e -> new Unauthenticated("The token is not valid here, or has expired"))
                .map(Login::of)
                .chain(login -> actors.of(login).map(actor -> new Session(login, actor)));
    }
}
