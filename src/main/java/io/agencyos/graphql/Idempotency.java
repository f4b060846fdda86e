package io.agencyos.graphql;

import java.time.Duration;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.db.Claim;
import io.agencyos.db.ErrorCode;
import io.agencyos.db.Refusal;
import io.agencyos.security.Actor;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import org.jboss.logging.Logger;

/**
 * Runs what comes under an idempotency key once, and answers retries with what the first attempt was answered. The key
 * is taken by the first write, see {@link Claim}; what wrote nothing leaves it free. Nobody waits on a connection.
 */
@ApplicationScoped
class Idempotency {

    /** How long a retry waits for the first attempt's answer. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger(Idempotency.class);
    private static final long SHORTEST_PAUSE_MS = 20;
    private static final long LONGEST_PAUSE_MS = 500;

    private final KeptAnswers answers;
    private final Vertx vertx;

    Idempotency(KeptAnswers answers, Vertx vertx) {
        this.answers = answers;
        this.vertx = vertx;
    }

    /** The answer under {@code key}: that of {@code attempt}, or that of an earlier one. */
    Uni<HttpAnswer> once(IdempotencyKey key, Actor actor, Function<Claim, Uni<HttpAnswer>> attempt) {
        return new Turn(key, actor, attempt, System.nanoTime()).take(SHORTEST_PAUSE_MS);
    }

    private final class Turn {
        private final IdempotencyKey key;
        private final Actor actor;
        private final Function<Claim, Uni<HttpAnswer>> attempt;
        private final long since;

        Turn(IdempotencyKey key, Actor actor, Function<Claim, Uni<HttpAnswer>> attempt, long since) {
            this.key = key;
            this.actor = actor;
            this.attempt = attempt;
            this.since = since;
        }

        Uni<HttpAnswer> take(long pause) {
            return answers.find(actor, key).chain(kept -> kept == null ? attempt(pause) : replay(kept, pause));
        }

        private Uni<HttpAnswer> attempt(long pause) {
            var claim = new Claim(key.text(), key.hash());
            return attempt.apply(claim).chain(answer -> claim.isLost() ? again(pause) : keep(claim, answer));
        }

        private Uni<HttpAnswer> again(long pause) {
            if (System.nanoTime() - since > PATIENCE.toNanos())
                return refused(ErrorCode.CONFLICT, "The first request with this idempotency key is still running");
            return Uni.createFrom()
                    .<Void>emitter(emitter -> vertx.setTimer(pause, x -> emitter.complete(null)))
                    .chain(x -> take(Math.min(2 * pause, LONGEST_PAUSE_MS)));
        }

        private Uni<HttpAnswer> replay(KeptAnswers.Kept kept, long pause) {
            if (!kept.same())
                return refused(
                        ErrorCode.IDEMPOTENCY_MISMATCH,
                        "This idempotency key was used for another request; use a new key for this one");
            if (kept.answer() != null) return Uni.createFrom().item(kept.answer());
            if (kept.age().compareTo(PATIENCE) < 0) return again(pause);
            return refused(
                    ErrorCode.CONFLICT,
                    "The first request with this idempotency key has written, but has no answer: it is still running, or"
                            + " broke off. Nothing is written again; read what it left, or use a new key");
        }

        /** The work is done, so the client hears of it even if its answer could not be kept. */
        private Uni<HttpAnswer> keep(Claim claim, HttpAnswer answer) {
            if (!claim.mayBeHeld()) return Uni.createFrom().item(answer);
            return answers.keep(actor, key, claim, answer)
                    .onFailure()
                    .invoke(failure -> LOG.error("The answer under an idempotency key was not kept", failure))
                    .onFailure()
                    .recoverWithNull()
                    .replaceWith(answer);
        }
    }

    private static Uni<HttpAnswer> refused(ErrorCode code, String message) {
        return Uni.createFrom().failure(new Refusal(code, message));
    }
}
