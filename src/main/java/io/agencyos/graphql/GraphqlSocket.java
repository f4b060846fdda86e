package io.agencyos.graphql;

import io.agencyos.db.ErrorCode;
import io.agencyos.db.Refusal;
import io.agencyos.security.SignIn;
import io.agencyos.security.Unauthenticated;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import org.jboss.logging.Logger;

/**
 * {@code /graphql} as a websocket: the {@code graphql-transport-ws} protocol, with its close codes. Queries and
 * mutations go over it as well as subscriptions.
 */
@WebSocket(path = "/graphql")
public class GraphqlSocket {

    private static final Logger LOG = Logger.getLogger(GraphqlSocket.class);
    private static final UserData.TypedKey<SocketSession> SESSION = new UserData.TypedKey<>("session");
    private static final String PROTOCOL = "graphql-transport-ws";

    private final Operations operations;
    private final Documents documents;
    private final SignIn signIn;
    private final GraphqlConfig.Limits limits;
    private final Vertx vertx;

    GraphqlSocket(Operations operations, Documents documents, SignIn signIn, GraphqlConfig config, Vertx vertx) {
        this.operations = operations;
        this.documents = documents;
        this.signIn = signIn;
        this.limits = config.limits();
        this.vertx = vertx;
    }

    @OnOpen
    Uni<Void> open(WebSocketConnection socket) {
        var session = new SocketSession(socket, operations, vertx);
        socket.userData().put(SESSION, session);
        if (!PROTOCOL.equals(socket.subprotocol())) return session.close(4406, "Subprotocol not acceptable");
        session.expectInit(limits.connectionInit());
        return Uni.createFrom().voidItem();
    }

    @OnTextMessage
    Uni<Void> message(String text, WebSocketConnection socket) {
        var session = socket.userData().get(SESSION);
        try {
            var message = new JsonObject(text);
            return handle(session, message, String.valueOf(message.getValue("type")));
        } catch (DecodeException | ClassCastException e) {
            return session.close(4400, "Invalid message");
        }
    }

    private Uni<Void> handle(SocketSession session, JsonObject message, String type) {
        return switch (type) {
            case "connection_init" -> init(session, message);
            case "ping" -> session.send(new JsonObject().put("type", "pong"));
            case "pong" -> Uni.createFrom().voidItem();
            case "subscribe" -> subscribe(session, message);
            case "complete" -> session.complete(message.getString("id"));
            default -> session.close(4400, "Unknown message type");
        };
    }

    private Uni<Void> init(SocketSession session, JsonObject message) {
        if (!session.claimInit()) return session.close(4429, "Too many initialisation requests");
        return signIn.withHeader(authorization(message, session))
                .chain(session::acknowledge)
                .onFailure(Unauthenticated.class)
                .recoverWithUni(refused -> session.close(4403, "Forbidden"))
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.error("A sign-in failed", failure);
                    return session.close(1013, "Try again later");
                });
    }

    /** The token in the payload, whichever way the key is written, or that of the handshake. */
    private static String authorization(JsonObject message, SocketSession session) {
        if (message.getValue("payload") instanceof JsonObject payload)
            for (var key : payload.fieldNames())
                if (key.equalsIgnoreCase("authorization")) return payload.getString(key);
        return session.handshakeHeader("Authorization");
    }

    private Uni<Void> subscribe(SocketSession session, JsonObject message) {
        var id = message.getString("id");
        if (!session.acknowledged()) return session.close(4401, "Unauthorized");
        if (id == null || id.isEmpty()) return session.close(4400, "Invalid message");
        if (session.runs(id)) return session.close(4409, "Subscriber for " + id + " already exists");
        if (session.running() >= limits.subscriptions()) return session.error(id, tooMany());
        try {
            return session.start(id, documents.resolve(GraphqlRequest.of(message.getJsonObject("payload"))));
        } catch (Refusal refusal) {
            return session.error(id, refusal);
        }
    }

    private Refusal tooMany() {
        var text = "A websocket may run " + limits.subscriptions() + " operations at a time";
        return new Refusal(ErrorCode.LIMIT_EXCEEDED, text);
    }

    @OnClose
    void closed(WebSocketConnection socket) {
        socket.userData().get(SESSION).end();
    }

    @OnError
    Uni<Void> failed(Throwable failure, WebSocketConnection socket) {
        if (!socket.isOpen()) return Uni.createFrom().voidItem();
        if (tooLong(failure)) return socket.close(new CloseReason(1009, "Message too long"));
        LOG.error("A websocket failed", failure);
        return socket.close(new CloseReason(4500, "Internal server error"));
    }

    /** Vert.x has no exception of its own for a message that its frames make too long. */
    private static boolean tooLong(Throwable failure) {
        return failure instanceof CorruptedWebSocketFrameException
                || failure instanceof IllegalStateException
                        && String.valueOf(failure.getMessage()).contains("overflow max message size");
    }
}
