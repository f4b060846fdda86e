package io.agencyos.graphql;

import java.time.Duration;
import java.util.UUID;

import io.agencyos.db.ErrorCode;
import io.agencyos.db.Refusal;
import io.agencyos.security.Actor;
import io.agencyos.security.Unauthenticated;
import io.agencyos.sockets.Drain;
import io.agencyos.sockets.Peer;
import io.agencyos.sockets.Socket;
import io.agencyos.sockets.Sockets;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/**
 * Results as server-sent events, in the distinct connections mode of the GraphQL over SSE protocol: {@code next} for
 * each result, {@code complete} at the end. Clients take an end without {@code complete} for a reason to connect again,
 * so that is how a stream ends that could go on elsewhere, or with another token.
 */
final class EventStream implements Socket, Delivery.Line {

    private static final String COMMENT = ":\n\n";
    private static final String COMPLETE = "event: complete\ndata:\n\n";

    private static final long PATIENCE_MS = 10_000;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Peer peer;
    private final Sockets sockets;
    private final Vertx vertx;
    private final Actor actor;
    private long expiry = -1;
    private volatile boolean asking;
    private boolean isStream;
    private final Delivery delivery = new Delivery(this);
    private boolean stopped;

    /** A stream that answers {@code request}; {@code actor} is whose it is, or null. */
    EventStream(HttpServerRequest request, Actor actor, Sockets sockets, Vertx vertx) {
        this.request = request;
        this.response = request.response();
        this.peer = Peer.of(request.connection());
        this.actor = actor;
        this.sockets = sockets;
        this.vertx = vertx;
    }

    /** Sends all that {@code outcome} is, each when the socket has taken the one before, for {@code length} at most. */
    void send(Operations.Outcome outcome, Duration length) {
        if (response.closed()) return;
        isStream = outcome.isStream();
        response.setChunked(true)
                .putHeader("Content-Type", MediaType.EVENTS.header())
                .putHeader("Cache-Control", "no-cache")
                .putHeader("X-Accel-Buffering", "no");
        response.closeHandler(x -> stop());
        sockets.add(this);
        expiry = vertx.setTimer(Math.max(1, length.toMillis()), x -> expire());
        if (actor == null || sockets.admit(actor.id())) run(outcome);
        else fail(new Refusal(ErrorCode.LIMIT_EXCEEDED, "Too many sockets and event streams are open"));
    }

    private synchronized void run(Operations.Outcome outcome) {
        // the head of a stream's answer does not wait for its first result
        if (isStream) response.write(COMMENT);
        outcome.answers().subscribe().withSubscriber(delivery);
    }

    @Override
    public void send(Answer answer, Delivery from) {
        var written = write(event(answer));
        if (written == null) return;
        written.onSuccess(x -> {
                    peer.heard();
                    from.taken();
                })
                .onFailure(x -> stop());
    }

    /** Null when it is over: it may be ended on another thread than that which has something to send. */
    private synchronized Future<Void> write(String text) {
        return stopped || response.closed() ? null : response.write(text);
    }

    private static String event(Answer answer) {
        return "event: next\ndata: " + answer.json() + "\n\n";
    }

    @Override
    public void fail(Throwable failure) {
        if (stop()) close(event(Answer.of(failure)) + COMPLETE);
    }

    private void expire() {
        if (stop()) close(event(Answer.of(new Unauthenticated("The token has expired"))));
    }

    @Override
    public void finish() {
        if (stop()) close(COMPLETE);
    }

    private void close(String last) {
        var patience = vertx.setTimer(PATIENCE_MS, x -> cut());
        response.end(last).onComplete(x -> vertx.cancelTimer(patience));
    }

    /** Who does not even read the end. */
    private void cut() {
        if (request.version() == HttpVersion.HTTP_2) response.reset();
        else peer.cut();
    }

    @Override
    public Peer peer() {
        return peer;
    }

    @Override
    public UUID person() {
        return actor == null ? null : actor.id();
    }

    @Override
    public String role() {
        return actor == null ? null : actor.role();
    }

    /** A comment, which proxies take for life; that it could be written shows that somebody reads. */
    @Override
    public void ping() {
        var written = asking ? null : write(COMMENT);
        if (written == null) return;
        asking = true;
        written.onSuccess(x -> {
            asking = false;
            peer.heard();
        });
    }

    @Override
    public void end(int code, String reason) {
        if (stop()) close(": " + reason + "\n\n");
    }

    @Override
    public void leave() {
        if (isStream) Drain.farewell(this);
    }

    /** Ends what runs; false when that was done before, or there is nobody to tell. */
    private synchronized boolean stop() {
        if (stopped) return false;
        stopped = true;
        sockets.remove(this);
        if (actor != null) sockets.release(actor.id());
        vertx.cancelTimer(expiry);
        delivery.cancel();
        return !response.ended() && !response.closed();
    }
}
