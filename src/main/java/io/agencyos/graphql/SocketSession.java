package io.agencyos.graphql;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

import io.agencyos.security.Actor;
import io.agencyos.security.SignIn;
import io.agencyos.security.SocketLease;
import io.agencyos.sockets.Drain;
import io.agencyos.sockets.Peer;
import io.agencyos.sockets.Socket;
import io.agencyos.sockets.Sockets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** One websocket: who is signed in on it, what runs, and what is said to the client. */
final class SocketSession implements Socket {

    /** Of what the client has made no room for; the operations of a socket wait for each other's bytes only up to here. */
    private static final long MOST_UNSENT = 32L << 20;

    /** The same on all sockets of one person, or of all who are nobody. */
    private static final long MOST_OF_PERSON = 2 * MOST_UNSENT;

    /** Up to here the person's other sockets are not looked at. */
    private static final long LITTLE_UNSENT = 512L << 10;

    /** A client that is not signed in says hello, and perhaps pings. */
    private static final int MOST_BEFORE_INIT = 100;

    /** RFC 6455's registry: clients take it for a reason to connect again after a while. */
    private static final int TRY_AGAIN_LATER = 1013;

    /** RFC 6455, section 5.5: a control frame has 125 bytes, and the code takes two. */
    private static final int LONGEST_REASON = 123;

    private final WebSocketConnection socket;
    private final Peer peer;
    private final Sockets sockets;
    private final Vertx vertx;
    private final SocketLease lease;
    private final SocketOperations operations;
    private long timer = -1;
    private int messages;
    private boolean initialised;
    private volatile boolean acknowledged;
    private volatile boolean over;
    private UUID counted;

    SocketSession(
            WebSocketConnection socket,
            Operations operations,
            GraphqlConfig.Limits limits,
            SignIn signIn,
            Sockets sockets,
            Vertx vertx) {
        this.socket = socket;
        this.peer = socket.userData().get(Peer.KEY);
        this.sockets = sockets;
        this.vertx = vertx;
        this.lease = new SocketLease(signIn, vertx, () -> end(4403, "Token expired"));
        this.operations = new SocketOperations(operations, limits.body().asLongValue(), this);
    }

    /** Closes the socket unless {@code connection_init} comes in time. */
    void open(Duration patience) {
        sockets.add(this);
        timer = vertx.setTimer(Math.max(1, patience.toMillis()), x -> end(4408, "Connection initialisation timeout"));
    }

    /** Counts a message; false when there were too many from somebody who does not sign in. */
    boolean mayTalk() {
        return acknowledged || ++messages <= MOST_BEFORE_INIT;
    }

    /** True for the first who asks. */
    boolean claimInit() {
        var first = !initialised;
        initialised = true;
        return first;
    }

    /** Whether the socket may run operations. */
    boolean acknowledged() {
        return acknowledged;
    }

    SocketLease lease() {
        return lease;
    }

    Actor actor() {
        return lease.actor();
    }

    SocketOperations operations() {
        return operations;
    }

    /** Lets the client in, unless the person has too many sockets as it is. */
    void acknowledge() {
        vertx.cancelTimer(timer);
        if (over) return;
        if (!admitted()) {
            end(TRY_AGAIN_LATER, "Too many sockets");
            return;
        }
        acknowledged = true;
        send(new JsonObject().put("type", "connection_ack").mergeIn(term()));
    }

    private synchronized boolean admitted() {
        if (over || actor() == null) return true;
        counted = actor().id();
        return sockets.admit(counted);
    }

    /** Goes on with a renewed token. */
    void renewed() {
        operations.endStreamsOfOthers();
        send(new JsonObject().put("type", "pong").mergeIn(term()));
    }

    private JsonObject term() {
        var end = lease.expiresAt();
        return end == null
                ? new JsonObject()
                : new JsonObject().put("payload", new JsonObject().put("expiresAt", end.toString()));
    }

    @Override
    public Peer peer() {
        return peer;
    }

    @Override
    public UUID person() {
        var actor = actor();
        return actor == null ? null : actor.id();
    }

    @Override
    public String role() {
        var actor = actor();
        return actor == null ? null : actor.role();
    }

    @Override
    public void ping() {
        if (isOpen()) forget(socket.sendPing(Buffer.buffer()));
    }

    @Override
    public void leave() {
        operations.leave();
    }

    /** The replica stops, and nothing is left to answer. */
    void go() {
        if (!over) Drain.farewell(this);
    }

    boolean isOpen() {
        return !over && socket.isOpen();
    }

    /** What the results of an operation begin with. */
    static byte[] head(String id) {
        return ByteBufUtil.getBytes(message(id, "next").bytes());
    }

    /**
     * Sends a result.
     *
     * @param head of its operation
     * @param taken run when the client has made room for it
     */
    void next(byte[] head, Answer answer, Runnable taken) {
        var json = answer.json();
        var message = new JsonWriter(head.length + json.position() + 1)
                .raw(head)
                .raw(json)
                .raw('}');
        send(message.bytes(), taken);
    }

    /** Tells the client that an operation came to nothing. */
    void error(String id, Answer answer) {
        send(message(id, "error").value(answer.errors()).raw('}').bytes(), () -> {});
    }

    /** Tells the client that an operation is done. */
    void completed(String id) {
        send(new JsonObject().put("id", id).put("type", "complete"));
    }

    private static JsonWriter message(String id, String type) {
        return new JsonWriter(64)
                .raw("{\"type\":")
                .string(type)
                .raw(",\"id\":")
                .string(id)
                .raw(",\"payload\":");
    }

    void send(JsonObject message) {
        send(message.toBuffer().getByteBuf(), () -> {});
    }

    private void send(ByteBuf message, Runnable taken) {
        if (!isOpen()) return;
        if (readsTooSlowly()) end(TRY_AGAIN_LATER, "You read too slowly");
        else peer.send(message, taken, this::closed);
    }

    private boolean readsTooSlowly() {
        var unsent = peer.unsent();
        return unsent > MOST_UNSENT || unsent > LITTLE_UNSENT && sockets.unsent(person()) > MOST_OF_PERSON;
    }

    private static void forget(Uni<Void> sent) {
        sent.subscribe().with(x -> {}, x -> {});
    }

    @Override
    public void end(int code, String reason) {
        if (!claimEnd()) return;
        peer.hush();
        peer.cutLater();
        if (socket.isOpen()) forget(socket.close(new CloseReason(code, fitting(reason))));
    }

    private static String fitting(String reason) {
        return reason.getBytes(StandardCharsets.UTF_8).length <= LONGEST_REASON ? reason : null;
    }

    /** The socket is gone. */
    void closed() {
        claimEnd();
    }

    /** Frees all that the socket has; false when that was done. */
    private synchronized boolean claimEnd() {
        if (over) return false;
        over = true;
        sockets.remove(this);
        if (counted != null) sockets.release(counted);
        vertx.cancelTimer(timer);
        lease.end();
        operations.end();
        return true;
    }
}
