package io.agencyos.security;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/**
 * Who is signed in on an open socket, and for how long: as long as the token lasts, which a fresh one of the same person
 * prolongs.
 */
public final class SocketLease {

    private static final long NONE = -1;

    private final SignIn signIn;
    private final Vertx vertx;
    private final Runnable over;
    private SignIn.Session session;
    private long timer = NONE;
    private boolean ended;

    /** A lease that nobody has yet; {@code over} is run when a token has come to its end. */
    public SocketLease(SignIn signIn, Vertx vertx, Runnable over) {
        this.signIn = signIn;
        this.vertx = vertx;
        this.over = over;
    }

    /**
     * Signs in with the value of an {@code Authorization} header; without one nobody is signed in.
     *
     * @return fails with {@link Unauthenticated} when the token is not to be trusted
     */
    public Uni<Void> begin(String authorization) {
        return signIn.withHeader(authorization).invoke(this::hold).replaceWithVoid();
    }

    /**
     * Goes on with another token, be its end later or sooner.
     *
     * @return fails with {@link Unauthenticated} when the token is not to be trusted or is another person's
     */
    public Uni<Void> renew(String authorization) {
        return signIn.withHeader(authorization)
                .invoke(renewed -> {
                    if (!isOfTheSame(renewed)) throw new Unauthenticated("The token is another person's");
                    hold(renewed);
                })
                .replaceWithVoid();
    }

    private boolean isOfTheSame(SignIn.Session renewed) {
        var actor = actor();
        return renewed != null
                && actor != null
                && Objects.equals(renewed.actor().id(), actor.id());
    }

    private synchronized void hold(SignIn.Session proved) {
        if (ended) return;
        session = proved;
        vertx.cancelTimer(timer);
        if (proved == null) return;
        var left = Duration.between(Instant.now(), proved.login().expiresAt());
        timer = vertx.setTimer(Math.max(1, left.toMillis()), x -> over.run());
    }

    /** Who is signed in, or null. */
    public synchronized Actor actor() {
        return session == null ? null : session.actor();
    }

    /** When the token ends; null when there is none. */
    public synchronized Instant expiresAt() {
        return session == null ? null : session.login().expiresAt();
    }

    /** The socket is gone. */
    public synchronized void end() {
        ended = true;
        vertx.cancelTimer(timer);
    }
}
