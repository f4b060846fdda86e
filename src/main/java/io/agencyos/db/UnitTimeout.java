package io.agencyos.db;

import java.time.Duration;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** How long a unit may work: work that never ends must not keep a connection. */
record UnitTimeout(Vertx vertx, Duration after) {

    /** The work, or LIMIT_EXCEEDED. The timer fires on the context that asks for it, as sessions demand. */
    <T> Uni<T> limit(Uni<T> work) {
        return Uni.createFrom().emitter(emitter -> {
            var late = new Refusal(ErrorCode.LIMIT_EXCEEDED, "This took too long and was given up");
            var timer = vertx.setTimer(after.toMillis(), x -> emitter.fail(late));
            var run = work.onTermination()
                    .invoke(() -> vertx.cancelTimer(timer))
                    .subscribe()
                    .with(emitter::complete, emitter::fail);
            emitter.onTermination(run::cancel);
        });
    }
}
