package io.agencyos.graphql;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import io.agencyos.security.SignIn;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/** One websocket: who is signed in on it, and what runs. */
final class SocketSession {

    private static final Cancellable STARTING = () -> {};

    private final WebSocketConnection socket;
    private final Operations operations;
    private final Vertx vertx;
    private final Map<String, Cancellable> running = new ConcurrentHashMap<>();
    private final AtomicBoolean initialised = new AtomicBoolean();
    private volatile SignIn.Session session;
    private volatile boolean acknowledged;
    private volatile boolean ended;
    private volatile long timer = -1;

    SocketSession(WebSocketConnection socket, Operations operations, Vertx vertx) {
        this.socket = socket;
        this.operations = operations;
        this.vertx = vertx;
    }

    /** Closes the socket unless {@code connection_init} comes in time. */
    void expectInit(Duration patience) {
        closeAfter(patience, 4408, "Connection initialisation timeout");
    }

    /** True for the first who asks. */
    boolean claimInit() {
        return initialised.compareAndSet(false, true);
    }

    /** Whether the socket may run operations. */
    boolean acknowledged() {
        return acknowledged;
    }

    Uni<Void> acknowledge(SignIn.Session signedIn) {
        vertx.cancelTimer(timer);
        if (ended || !socket.isOpen()) return Uni.createFrom().voidItem();
        session = signedIn;
        acknowledged = true;
        // nobody stays signed in for longer than the token says
        if (signedIn != null) closeAfter(untilEndOf(signedIn), 4403, "Token expired");
        return send(new JsonObject().put("type", "connection_ack"));
    }

    private static Duration untilEndOf(SignIn.Session session) {
        return Duration.between(Instant.now(), session.login().expiresAt());
    }

    private void closeAfter(Duration delay, int code, String reason) {
        timer = vertx.setTimer(
                Math.max(1, delay.toMillis()),
                x -> close(code, reason).subscribe().with(y -> {}, y -> {}));
    }

    String handshakeHeader(String name) {
        return socket.handshakeRequest().header(name);
    }

    boolean runs(String id) {
        return running.containsKey(id);
    }

    int running() {
        return running.size();
    }

    /** Runs an operation and sends what it yields, each message when the socket has taken the one before. */
    Uni<Void> start(String id, GraphqlRequest request) {
        // messages that were on their way when the socket closed still come
        if (ended) return Uni.createFrom().voidItem();
        running.put(id, STARTING);
        var run = operations
                .run(request, session == null ? null : session.actor())
                .onItem()
                .transformToMulti(SocketSession::answers)
                .onItem()
                .transformToUniAndConcatenate(answer -> next(id, answer))
                .subscribe()
                .with(x -> {}, failure -> fail(id, failure), () -> finish(id));
        // it may have ended, or been told to, before it was known here
        if (running.replace(id, run) == null || ended) run.cancel();
        return Uni.createFrom().voidItem();
    }

    /** What could not be executed, or subscribed to, at all is an error message of the protocol and not a result. */
    private static Multi<Answer> answers(Operations.Outcome outcome) {
        var executed = outcome.isStream() || outcome.answer().executed();
        return executed ? outcome.answers() : Multi.createFrom().failure(new Unexecuted(outcome.answer()));
    }

    private Uni<Void> next(String id, Answer answer) {
        return send(message(id, "next").raw(answer.json()).raw('}').toString());
    }

    private void fail(String id, Throwable failure) {
        // to a socket that is gone there is nothing to say, and its going is no error
        if (running.remove(id) == null || !socket.isOpen() || Errors.isHangup(failure)) return;
        var answer = failure instanceof Unexecuted unexecuted ? unexecuted.answer : Answer.of(failure);
        sendErrors(id, answer).subscribe().with(x -> {}, x -> {});
    }

    private void finish(String id) {
        if (running.remove(id) == null) return;
        send(new JsonObject().put("id", id).put("type", "complete")).subscribe().with(x -> {}, x -> {});
    }

    /** Ends an operation because the client wants no more of it. */
    Uni<Void> complete(String id) {
        var run = id == null ? null : running.remove(id);
        if (run != null) run.cancel();
        return Uni.createFrom().voidItem();
    }

    /** Tells the client that an operation came to nothing. */
    Uni<Void> error(String id, Throwable failure) {
        return sendErrors(id, Answer.of(failure));
    }

    private Uni<Void> sendErrors(String id, Answer answer) {
        return send(message(id, "error").value(answer.errors()).raw('}').toString());
    }

    private static JsonWriter message(String id, String type) {
        return new JsonWriter()
                .raw("{\"type\":")
                .string(type)
                .raw(",\"id\":")
                .string(id)
                .raw(",\"payload\":");
    }

    Uni<Void> send(JsonObject message) {
        return send(message.encode());
    }

    private Uni<Void> send(String message) {
        return socket.isOpen() ? socket.sendText(message) : Uni.createFrom().voidItem();
    }

    Uni<Void> close(int code, String reason) {
        return socket.isOpen()
                ? socket.close(new CloseReason(code, reason))
                : Uni.createFrom().voidItem();
    }

    /** Ends all that runs; the socket is gone. */
    void end() {
        ended = true;
        vertx.cancelTimer(timer);
        running.values().forEach(Cancellable::cancel);
        running.clear();
    }

    private static final class Unexecuted extends RuntimeException {
        private final transient Answer answer;

        Unexecuted(Answer answer) {
            super(null, null, false, false);
            this.answer = answer;
        }
    }
}
