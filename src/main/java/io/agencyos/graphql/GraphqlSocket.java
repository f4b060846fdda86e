package io.agencyos.graphql;

import io.agencyos.db.DatabaseAway;
import io.agencyos.db.ErrorCode;
import io.agencyos.db.Refusal;
import io.agencyos.security.SignIn;
import io.agencyos.security.Unauthenticated;
import io.agencyos.sockets.Sockets;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.jboss.logging.Logger;

/**
 * {@code /graphql} as a websocket: the {@code graphql-transport-ws} protocol, with its close codes. Queries and
 * mutations go over it as well as subscriptions. Messages are taken one after the other.
 */
@WebSocket(path = "/graphql")
public class GraphqlSocket {

    private static final Logger LOG = Logger.getLogger(GraphqlSocket.class);
    private static final UserData.TypedKey<SocketSession> SESSION = new UserData.TypedKey<>("session");
    private static final String PROTOCOL = "graphql-transport-ws";

    private final Operations operations;
    private final Documents documents;
    private final SignIn signIn;
    private final Sockets sockets;
    private final GraphqlConfig.Limits limits;
    private final Vertx vertx;

    GraphqlSocket(
            Operations operations,
            Documents documents,
            SignIn signIn,
            Sockets sockets,
            GraphqlConfig config,
            Vertx vertx) {
        this.operations = operations;
        this.documents = documents;
        this.signIn = signIn;
        this.sockets = sockets;
        this.limits = config.limits();
        this.vertx = vertx;
    }

    @OnOpen
    Uni<Void> open(WebSocketConnection socket) {
        var session = new SocketSession(socket, operations, limits, signIn, sockets, vertx);
        socket.userData().put(SESSION, session);
        session.open(limits.connectionInit());
        if (!PROTOCOL.equals(socket.subprotocol())) session.end(4406, "Subprotocol not acceptable");
        return Uni.createFrom().voidItem();
    }

    @OnTextMessage
    Uni<Void> message(String text, WebSocketConnection socket) {
        var session = socket.userData().get(SESSION);
        // messages that were on their way when the socket closed still come
        if (!session.isOpen()) return Uni.createFrom().voidItem();
        if (!session.mayTalk()) return end(session, 4429, "Too many messages before connection_init");
        try {
            return handle(session, SocketMessage.of(text), socket);
        } catch (Refusal malformed) {
            return end(session, 4400, malformed.getMessage());
        }
    }

    @OnBinaryMessage
    Uni<Void> binary(Buffer data, WebSocketConnection socket) {
        return end(socket.userData().get(SESSION), 4400, "Messages are text");
    }

    private static Uni<Void> end(SocketSession session, int code, String reason) {
        session.end(code, reason);
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> handle(SocketSession session, SocketMessage message, WebSocketConnection socket) {
        return switch (message.type()) {
            case "connection_init" -> init(session, message, socket);
            case "ping" -> ping(session, message);
            case "subscribe" -> subscribe(session, message);
            case "complete" -> {
                session.operations().complete(message.id());
                yield Uni.createFrom().voidItem();
            }
            default -> Uni.createFrom().voidItem();
        };
    }

    private static Uni<Void> init(SocketSession session, SocketMessage message, WebSocketConnection socket) {
        if (!session.claimInit()) return end(session, 4429, "Too many initialisation requests");
        var given = message.authorization();
        var token = given == null ? socket.handshakeRequest().header("Authorization") : given;
        return proved(session, session.lease().begin(token).invoke(session::acknowledge));
    }

    /** A plain one comes back with its payload; one that brings a token puts it on the socket. */
    private static Uni<Void> ping(SocketSession session, SocketMessage message) {
        var token = message.authorization();
        if (token != null && !session.acknowledged()) return end(session, 4401, "Unauthorized");
        if (token != null) return proved(session, session.lease().renew(token).invoke(session::renewed));
        var pong = new JsonObject().put("type", "pong");
        session.send(message.payload() == null ? pong : pong.put("payload", message.payload()));
        return Uni.createFrom().voidItem();
    }

    /** Nothing more is read meanwhile: what the client goes on sending waits in its own buffers. */
    private static Uni<Void> proved(SocketSession session, Uni<Void> proof) {
        session.peer().pause();
        return proof.onFailure(Unauthenticated.class)
                .recoverWithUni(refused -> end(session, 4403, "Forbidden"))
                .onFailure()
                .recoverWithUni(failure -> {
                    DatabaseAway.log(LOG, "A sign-in failed", failure);
                    return end(session, 1013, "Try again later");
                })
                .onTermination()
                .invoke(session.peer()::resume);
    }

    private Uni<Void> subscribe(SocketSession session, SocketMessage message) {
        var id = message.id();
        if (!session.acknowledged()) return end(session, 4401, "Unauthorized");
        if (session.operations().has(id)) return end(session, 4409, "Subscriber for " + id + " already exists");
        try {
            if (session.operations().count() >= limits.subscriptions()) throw tooMany();
            session.operations().start(id, documents.resolve(GraphqlRequest.of(message.payload())), message.length());
        } catch (Refusal refusal) {
            session.error(id, Answer.of(refusal));
        }
        return Uni.createFrom().voidItem();
    }

    private Refusal tooMany() {
        var text = "A websocket may run " + limits.subscriptions() + " operations at a time";
        return new Refusal(ErrorCode.LIMIT_EXCEEDED, text);
    }

    @OnClose
    Uni<Void> closed(WebSocketConnection socket) {
        socket.userData().get(SESSION).closed();
        return Uni.createFrom().voidItem();
    }

    @OnError
    Uni<Void> failed(Throwable failure, WebSocketConnection socket) {
        var session = socket.userData().get(SESSION);
        if (session == null || !session.isOpen() || Errors.isHangup(failure))
            return Uni.createFrom().voidItem();
        if (isTooLong(failure)) return end(session, 1009, "Message too long");
        LOG.error("A websocket failed", failure);
        return end(session, 4500, "Internal server error");
    }

    /** Vert.x has no exception of its own for a message that its frames make too long. */
    private static boolean isTooLong(Throwable failure) {
        return failure instanceof IllegalStateException
                && String.valueOf(failure.getMessage()).contains("overflow max message size");
    }
}
