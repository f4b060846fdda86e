package io.agencyos.sockets;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;

/**
 * How a replica stops: it is no longer ready and takes no new sockets, tells those that are open one after the other to
 * go on elsewhere, and serves meanwhile whoever has not heard of it. It ends when what was begun is answered.
 */
@ApplicationScoped
public class Drain {

    /** RFC 6455's registry: the service restarts. */
    private static final int RESTART = 1012;

    private static final String REASON = "Restarting; resume with your cursor";
    private static final long PAUSE_NS = 10_000_000;

    private final Sockets sockets;
    private final SocketsConfig config;
    private final Vertx vertx;
    private final AtomicInteger answering = new AtomicInteger();

    Drain(Sockets sockets, SocketsConfig config, Vertx vertx) {
        this.sockets = sockets;
        this.config = config;
        this.vertx = vertx;
    }

    /** Ends a socket as all are ended when the replica stops. */
    public static void farewell(Socket socket) {
        socket.end(RESTART, REASON);
    }

    /** Lets the replica wait for the answer to this request. */
    public void waitFor(RoutingContext http) {
        if (http.response().closed()) return;
        answering.incrementAndGet();
        http.addEndHandler(x -> answering.decrementAndGet());
    }

    /** Runs where nothing else does any more, so it may wait. */
    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        var end = Instant.now().plus(config.drain());
        var open = sockets.drain();
        open.forEach(this::leaveSomeTime);
        await(() -> false, end);
        await(() -> open.isEmpty() && answering.get() == 0, end.plus(config.longestOperation()));
        Set.copyOf(open).forEach(Drain::farewell);
    }

    /** Not all at once, since they all come back elsewhere. */
    private void leaveSomeTime(Socket socket) {
        var most = config.drain().toMillis() * 3 / 4;
        if (most == 0) socket.leave();
        else vertx.setTimer(ThreadLocalRandom.current().nextLong(1, most + 1), x -> socket.leave());
    }

    private static void await(BooleanSupplier condition, Instant end) {
        while (!condition.getAsBoolean() && Instant.now().isBefore(end)) LockSupport.parkNanos(PAUSE_NS);
    }
}
