package io.agencyos.realtime;

import io.agencyos.db.ErrorCode;
import io.agencyos.db.Refusal;
import io.vertx.core.json.JsonObject;

/** What is said to a client, as JSON text. */
final class RoomMessages {

    private RoomMessages() {}

    private static JsonObject message(String type, Object ref) {
        var message = new JsonObject().put("type", type);
        return ref == null ? message : message.put("ref", ref);
    }

    static String signedIn(RoomSession session, Object ref) {
        return message("signed_in", ref)
                .put("connection", session.connection())
                .put("profileId", session.actor().id().toString())
                .put("expiresAt", session.expiresAt().toString())
                .encode();
    }

    static String pong(Object ref) {
        return message("pong", ref).encode();
    }

    /** Who is in a room, as the answer to {@code join}. */
    static String joined(Room room, Object ref) {
        return withMembers(message("joined", ref), room);
    }

    /** Who is in a room, instead of changes that did not fit. */
    static String members(Room room) {
        return withMembers(message("members", null), room);
    }

    private static String withMembers(JsonObject message, Room room) {
        var text = message.put("room", room.name().json()).encode();
        return text.substring(0, text.length() - 1) + ",\"members\":" + room.entries() + "}";
    }

    static String left(RoomName room, Object ref) {
        return message("left", ref).put("room", room.json()).encode();
    }

    /** Leaving was not the member's own wish. */
    static String putOut(RoomName room, String reason) {
        return message("left", null)
                .put("room", room.json())
                .put("reason", reason)
                .encode();
    }

    static String broadcast(RoomName room, String from, String name, Object data) {
        return message("broadcast", null)
                .put("room", room.json())
                .put("from", from)
                .put("name", name)
                .put("data", data)
                .encode();
    }

    /** A message of the client came to nothing. */
    static String error(Throwable failure, JsonObject cause, Object ref) {
        var refusal =
                failure instanceof Refusal known ? known : new Refusal(ErrorCode.INTERNAL, "Something went wrong");
        var message = message("error", ref).put("code", refusal.code().name()).put("message", refusal.getMessage());
        refusal.details().forEach(message::put);
        if (cause.getValue("room") instanceof JsonObject room) message.put("room", room);
        return message.encode();
    }
}
