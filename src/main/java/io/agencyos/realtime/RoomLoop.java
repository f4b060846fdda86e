package io.agencyos.realtime;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;

/** The one event loop on which all that belongs to rooms is done, so that none of it needs a lock. */
@ApplicationScoped
class RoomLoop {

    private final Vertx vertx;
    private final Context loop;

    RoomLoop(Vertx vertx) {
        this.vertx = vertx;
        this.loop = ((VertxInternal) vertx).createEventLoopContext();
    }

    /** Does it on the loop, after all that was asked for before. */
    void run(Runnable work) {
        loop.runOnContext(x -> work.run());
    }

    /** Does it on the loop, not before {@code delay} is over; answers what {@link #cancel} wants. */
    long after(Duration delay, Runnable work) {
        return vertx.setTimer(Math.max(1, delay.toMillis()), x -> run(work));
    }

    /** Does it again and again. */
    void every(Duration pause, Runnable work) {
        vertx.setPeriodic(Math.max(1, pause.toMillis()), x -> run(work));
    }

    void cancel(long timer) {
        vertx.cancelTimer(timer);
    }

    /** Has {@code work} done as an operation of its own, and goes on with what comes of it on the loop. */
    <T> void ask(Supplier<Uni<T>> work, Consumer<T> then, Consumer<Throwable> otherwise) {
        var own = VertxContext.createNewDuplicatedContext(loop);
        VertxContextSafetyToggle.setContextSafe(own, true);
        own.runOnContext(x -> Uni.createFrom()
                .deferred(() -> work.get())
                .subscribe()
                .with(item -> run(() -> then.accept(item)), failure -> run(() -> otherwise.accept(failure))));
    }

    /** Milliseconds of a clock that only goes forward. */
    static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
