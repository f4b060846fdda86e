package io.agencyos.realtime;

import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnPongMessage;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import org.jboss.logging.Logger;

/** {@code /rooms}: the protocol {@code agency-rooms-v1}, which {@code docs/rooms.md} describes message by message. */
@WebSocket(path = "/rooms")
public class RoomSocket {

    private static final Logger LOG = Logger.getLogger(RoomSocket.class);
    private static final UserData.TypedKey<RoomSession> SESSION = new UserData.TypedKey<>("room-session");
    private static final String PROTOCOL = "agency-rooms-v1";

    private final Rooms rooms;

    RoomSocket(Rooms rooms) {
        this.rooms = rooms;
    }

    @OnOpen
    Uni<Void> open(WebSocketConnection socket) {
        if (!PROTOCOL.equals(socket.subprotocol()))
            return socket.close(new CloseReason(4406, "Subprotocol not acceptable"));
        socket.userData().put(SESSION, rooms.open(socket));
        return done();
    }

    @OnTextMessage
    Uni<Void> message(String text, WebSocketConnection socket) {
        var session = socket.userData().get(SESSION);
        // to one that is being closed nothing can be said any more
        if (session != null) rooms.received(session, text);
        return done();
    }

    @OnBinaryMessage
    Uni<Void> binary(Buffer data, WebSocketConnection socket) {
        var session = socket.userData().get(SESSION);
        if (session != null) session.end(4400, "Messages are text");
        return done();
    }

    @OnPongMessage
    Uni<Void> pong(Buffer data, WebSocketConnection socket) {
        var session = socket.userData().get(SESSION);
        if (session != null) rooms.lives(session);
        return done();
    }

    @OnClose
    Uni<Void> closed(WebSocketConnection socket) {
        var session = socket.userData().get(SESSION);
        if (session != null) rooms.closed(session);
        return done();
    }

    @OnError
    Uni<Void> failed(Throwable failure, WebSocketConnection socket) {
        if (!socket.isOpen()) return done();
        if (tooLong(failure)) return socket.close(new CloseReason(1009, "Message too long"));
        LOG.error("A websocket of a room failed", failure);
        return socket.close(new CloseReason(4500, "Internal server error"));
    }

    /** Vert.x has no exception of its own for a message that its frames make too long. */
    private static boolean tooLong(Throwable failure) {
        return failure instanceof CorruptedWebSocketFrameException
                || failure instanceof IllegalStateException
                        && String.valueOf(failure.getMessage()).contains("overflow max message size");
    }

    private static Uni<Void> done() {
        return Uni.createFrom().voidItem();
    }
}
