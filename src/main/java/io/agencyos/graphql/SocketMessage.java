package io.agencyos.graphql;

import java.util.List;
import java.util.Set;

import io.agencyos.db.ErrorCode;
import io.agencyos.db.Refusal;
import io.vertx.core.json.JsonObject;

/**
 * A message of a client, in the form that the {@code graphql-transport-ws} protocol gives it.
 *
 * @param type one of the types that a client may send
 * @param id the operation's, null where the type has none
 * @param payload what else there is, or null
 * @param length how many characters it has
 */
record SocketMessage(String type, String id, JsonObject payload, int length) {

    private static final Set<String> TYPES = Set.of("connection_init", "ping", "pong", "subscribe", "complete");
    private static final Set<String> WITH_ID = Set.of("subscribe", "complete");
    private static final List<String> TEXTS = List.of("query", "operationName", "documentId");
    private static final List<String> MAPS = List.of("variables", "extensions");

    /**
     * Reads a message.
     *
     * @throws Refusal when it is none, with the reason for the close frame
     */
    static SocketMessage of(String text) {
        var json = StrictJson.object(text);
        if (!(json.getValue("type") instanceof String type) || !TYPES.contains(type)) throw wrong("type");
        var id = json.getValue("id");
        if (WITH_ID.contains(type) && !(id instanceof String named && !named.isEmpty())) throw wrong("id");
        var payload = json.getValue("payload");
        if (payload != null && !(payload instanceof JsonObject)) throw wrong("payload");
        var message =
                new SocketMessage(type, id instanceof String named ? named : null, (JsonObject) payload, text.length());
        message.check();
        return message;
    }

    private void check() {
        if (type.equals("subscribe")) checkRequest();
        else if (payload != null)
            for (var key : payload.fieldNames())
                if (isAuthorization(key) && payload.getValue(key) != null && !(payload.getValue(key) instanceof String))
                    throw wrong("authorization");
    }

    private void checkRequest() {
        if (payload == null) throw wrong("payload");
        for (var key : TEXTS)
            if (payload.getValue(key) != null && !(payload.getValue(key) instanceof String)) throw wrong(key);
        if (payload.getValue("query") == null && payload.getValue("documentId") == null && !hasExtensions())
            throw wrong("query");
        for (var key : MAPS)
            if (payload.getValue(key) != null && !(payload.getValue(key) instanceof JsonObject)) throw wrong(key);
    }

    /** Which may name a document that is known already. */
    private boolean hasExtensions() {
        return payload.getValue("extensions") != null;
    }

    private static Refusal wrong(String part) {
        return new Refusal(ErrorCode.VALIDATION_FAILED, "Invalid message: " + part);
    }

    /** The token that the payload brings, whichever way its key is written, or null. */
    String authorization() {
        if (payload != null)
            for (var key : payload.fieldNames()) if (isAuthorization(key)) return payload.getString(key);
        return null;
    }

    private static boolean isAuthorization(String key) {
        return key.equalsIgnoreCase("authorization");
    }
}
