package io.agencyos.realtime;

import java.util.UUID;

import io.agencyos.db.Refusal;
import io.vertx.core.json.JsonObject;

/**
 * What a room is about.
 *
 * @param kind what kind of thing
 * @param id which one
 */
record RoomName(Kind kind, UUID id) {

    /** The kinds of things that have rooms. */
    enum Kind {
        REQUEST("requestId", "requests"),
        VIDEO_VERSION("videoVersionId", "video_versions");

        private final String field;
        private final String table;

        Kind(String field, String table) {
            this.field = field;
            this.table = table;
        }

        /** Whose row decides who may come in. */
        String table() {
            return table;
        }
    }

    /** Reads {@code {"requestId": "..."}} or {@code {"videoVersionId": "..."}}; anything else is VALIDATION_FAILED. */
    static RoomName of(Object json) {
        if (json instanceof JsonObject room && room.size() == 1)
            for (var kind : Kind.values())
                if (room.getValue(kind.field) instanceof String id) return new RoomName(kind, uuid(id));
        throw Refusal.invalid("room", "room must be {\"requestId\": ...} or {\"videoVersionId\": ...}");
    }

    /** {@link UUID#fromString} takes much that is none. */
    private static UUID uuid(String text) {
        if (!text.matches("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}"))
            throw Refusal.invalid("room", "A room's id must be a UUID");
        return UUID.fromString(text);
    }

    JsonObject json() {
        return new JsonObject().put(kind.field, id.toString());
    }
}
