package io.agencyos.realtime;

import io.vertx.core.json.JsonObject;

/** One connection in one room: a person's tab here, or one at another replica. */
final class Member {

    private final String connection;
    private final String profile;
    private final String replica;
    private final RoomSession session;
    private String state;
    private boolean confirmed = true;

    private Member(String connection, String profile, String replica, RoomSession session, String state) {
        this.connection = connection;
        this.profile = profile;
        this.replica = replica;
        this.session = session;
        this.state = state;
    }

    /** Somebody who is connected here. */
    static Member here(RoomSession session, String profile) {
        return new Member(session.connection(), profile, null, session, MemberState.NONE);
    }

    /** Somebody who is connected to another replica, as that one tells. */
    static Member elsewhere(String replica, JsonObject entry) {
        var profile = entry.getJsonObject("profile").encode();
        var state = entry.getJsonObject("state").encode();
        return new Member(entry.getString("connection"), profile, replica, null, state);
    }

    String connection() {
        return connection;
    }

    /** The websocket, or null when it is elsewhere. */
    RoomSession session() {
        return session;
    }

    boolean isHere() {
        return session != null;
    }

    boolean isOf(String other) {
        return other.equals(replica);
    }

    void show(String json) {
        state = json;
    }

    String state() {
        return state;
    }

    /** Whether the other replica has named the member since it began to name all of its. */
    boolean confirmed() {
        return confirmed;
    }

    void doubt() {
        confirmed = false;
    }

    void confirm() {
        confirmed = true;
    }

    /** All there is to know, as JSON text. */
    String entry() {
        return "{\"connection\":\"" + connection + "\",\"profile\":" + profile + ",\"state\":" + state + "}";
    }

    /** What may have changed, as JSON text. */
    String change() {
        return "{\"connection\":\"" + connection + "\",\"state\":" + state + "}";
    }
}
