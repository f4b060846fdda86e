package io.agencyos.graphql;

import java.time.Duration;

import io.agencyos.security.Unauthenticated;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;

/**
 * Results as server-sent events, in the distinct connections mode of the GraphQL over SSE protocol: {@code next} for
 * each result, {@code complete} at the end. For places where websockets do not pass, and for curl.
 */
final class EventStream {

    private static final long HEARTBEAT_MS = 12_000;

    private final HttpServerResponse response;
    private final Vertx vertx;
    private long heartbeat;
    private long expiry;
    private Cancellable run = () -> {};
    private boolean stopped;

    EventStream(HttpServerResponse response, Vertx vertx) {
        this.response = response;
        this.vertx = vertx;
    }

    /** Sends all of {@code answers}, each when the socket has taken the one before, for {@code length} at most. */
    void send(Multi<Answer> answers, Duration length) {
        if (response.closed()) return;
        response.setChunked(true)
                .putHeader("Content-Type", MediaType.EVENTS.header())
                .putHeader("Cache-Control", "no-cache")
                .putHeader("X-Accel-Buffering", "no");
        heartbeat = vertx.setPeriodic(HEARTBEAT_MS, x -> response.write(":\n\n"));
        expiry =
                vertx.setTimer(Math.max(1, length.toMillis()), x -> fail(new Unauthenticated("The token has expired")));
        response.closeHandler(x -> stop());
        run(answers);
    }

    private synchronized void run(Multi<Answer> answers) {
        run = answers.onItem()
                .transformToUniAndConcatenate(this::next)
                .subscribe()
                .with(x -> {}, this::fail, this::complete);
        // one answer may have been all, and is sent by now
        if (stopped) run.cancel();
    }

    private Uni<Void> next(Answer answer) {
        return UniHelper.toUni(response.write("event: next\ndata: " + answer.json() + "\n\n"));
    }

    private void fail(Throwable failure) {
        if (stop() && !Errors.isHangup(failure))
            next(Answer.of(failure)).subscribe().with(x -> end(), x -> {});
    }

    private void complete() {
        if (stop()) end();
    }

    private void end() {
        if (!response.ended() && !response.closed()) response.end("event: complete\ndata:\n\n");
    }

    /** Ends what runs; false when that was done before, or there is nobody to tell. */
    private synchronized boolean stop() {
        if (stopped) return false;
        stopped = true;
        vertx.cancelTimer(heartbeat);
        vertx.cancelTimer(expiry);
        run.cancel();
        return !response.ended() && !response.closed();
    }
}
