package io.agencyos.realtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import io.agencyos.security.Actor;
import io.agencyos.security.SignIn;
import io.agencyos.sockets.Drain;
import io.agencyos.sockets.Peer;
import io.agencyos.sockets.Socket;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.buffer.Buffer;

/** One websocket: who is signed in on it, and in which rooms they are. All of it is touched on the loop alone. */
final class RoomSession implements Socket {

    private final WebSocketConnection socket;
    private final String connection;
    private final RoomLoop loop;
    private final RoomMeters meters;
    private final Outbox outbox;
    private final Rooms house;
    private final Map<RoomName, Room> rooms = new HashMap<>();
    private final Set<RoomName> joining = new HashSet<>();
    private volatile SignIn.Session session;
    private Person owner;
    private boolean signingIn;
    private boolean ended;
    private long heard = RoomLoop.now();
    private long timer;

    RoomSession(
            WebSocketConnection socket,
            String connection,
            RoomLoop loop,
            RoomMeters meters,
            Outbox outbox,
            Rooms house) {
        this.socket = socket;
        this.connection = connection;
        this.loop = loop;
        this.meters = meters;
        this.outbox = outbox;
        this.house = house;
    }

    @Override
    public Peer peer() {
        return socket.userData().get(Peer.KEY);
    }

    @Override
    public UUID person() {
        return session == null ? null : session.actor().id();
    }

    @Override
    public String role() {
        return session == null ? null : session.actor().role();
    }

    @Override
    public void ping() {
        socket.sendPing(Buffer.buffer()).subscribe().with(x -> {}, x -> {});
    }

    @Override
    public void end(int code, String reason) {
        loop.run(() -> close(code, reason));
    }

    @Override
    public void leave() {
        Drain.farewell(this);
    }

    /** What others know this connection by. */
    String connection() {
        return connection;
    }

    void closeAfter(Duration delay, int code, String reason) {
        loop.cancel(timer);
        timer = loop.after(delay, () -> close(code, reason));
    }

    /** True for one attempt at a time. */
    boolean beginSignIn() {
        if (signingIn) return false;
        signingIn = true;
        return true;
    }

    boolean isSignedIn() {
        return session != null;
    }

    /** Whether {@code other} may take the place of who is signed in: nobody yet, or the same person. */
    boolean accepts(SignIn.Session other) {
        return session == null || session.actor().id().equals(other.actor().id());
    }

    void signedIn(SignIn.Session fresh, Person who) {
        signingIn = false;
        session = fresh;
        owner = who;
        // nobody stays signed in for longer than the token says
        closeAfter(Duration.between(Instant.now(), expiresAt()), 4403, "Token expired");
    }

    Actor actor() {
        return session.actor();
    }

    Instant expiresAt() {
        return session.login().expiresAt();
    }

    /** Whose it is, or null before they have signed in. */
    Person owner() {
        return owner;
    }

    Collection<Room> rooms() {
        return List.copyOf(rooms.values());
    }

    /** The room of this name, if this connection is in it, or null. */
    Room room(RoomName name) {
        return rooms.get(name);
    }

    /** How many rooms it is in, or about to be. */
    int size() {
        return rooms.size() + joining.size();
    }

    /** Notes that it is to be asked for a room; false when that is under way. */
    boolean beginJoin(RoomName name) {
        return joining.add(name);
    }

    /** Whether the wish to join still stood. */
    boolean endJoin(RoomName name) {
        return joining.remove(name) && !ended;
    }

    void entered(Room room) {
        rooms.put(room.name(), room);
    }

    /** Leaves a room, or gives up the wish to join it; answers whether there was any of it. */
    boolean leave(RoomName name) {
        var room = rooms.remove(name);
        if (room == null) return joining.remove(name);
        outbox.forget(room);
        room.leave(room.member(connection));
        house.left(room);
        return true;
    }

    /** Sends a message after all others, or gives up on a client that takes none. */
    void send(String text) {
        if (!ended && !outbox.send(text)) tooSlow();
    }

    void presence(Room room, String text) {
        if (!ended) outbox.presence(room, text);
    }

    private void tooSlow() {
        meters.tooSlow();
        close(4413, "Too slow");
    }

    void heard() {
        heard = RoomLoop.now();
    }

    /** Closes the socket when nothing came from it, or nothing went to it, for too long; else asks for a sign of life. */
    void check(long silenceMs) {
        if (RoomLoop.now() - heard > silenceMs) close(4410, "Silent");
        else if (outbox.isStuckFor(silenceMs)) tooSlow();
        else ping();
    }

    boolean isOver() {
        return ended;
    }

    /** Leaves at once, however long the closing may take; who does not even read that is cut off. */
    void close(int code, String reason) {
        if (!ended) peer().cutLater();
        end();
        if (socket.isOpen())
            socket.close(new CloseReason(code, reason)).subscribe().with(x -> {}, x -> {});
    }

    /** Leaves all rooms; the socket is gone, or is to go. */
    void end() {
        if (ended) return;
        ended = true;
        loop.cancel(timer);
        joining.clear();
        for (var name : List.copyOf(rooms.keySet())) leave(name);
        if (owner != null) owner.left(this);
        house.ended(this);
    }
}
