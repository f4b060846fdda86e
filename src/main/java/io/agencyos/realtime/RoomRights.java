package io.agencyos.realtime;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.db.Db;
import io.agencyos.db.Sql;
import io.agencyos.security.Actor;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;

/** Who may be in a room: whoever may read the row that it is about. The policies in SQL decide. */
@ApplicationScoped
class RoomRights {

    private final Db db;

    RoomRights(Db db) {
        this.db = db;
    }

    /**
     * Somebody in a room.
     *
     * @param actor who
     * @param room which
     */
    record Stay(Actor actor, RoomName room) {}

    /** What others in the room see of {@code actor}, as JSON text, or null when {@code actor} may not come in. */
    Uni<String> profileFor(Actor actor, RoomName room) {
        var sql = Sql.of(
                "select id, first_name, last_name, avatar_url from profiles where id = ? and exists" + " (select from "
                        + room.kind().table() + " where id = ?)",
                actor.id(),
                room.id());
        return db.read(actor, reads -> reads.rows(sql, RoomRights::profile))
                .map(found -> found.isEmpty() ? null : found.get(0));
    }

    private static String profile(Row row) {
        return new JsonObject()
                .put("id", row.getUUID(0).toString())
                .put("firstName", row.getString(1))
                .put("lastName", row.getString(2))
                .put("avatarUrl", row.getString(3))
                .encode();
    }

    /** Those of {@code stays} that may not go on, one statement for all. */
    Uni<List<Stay>> lost(List<Stay> stays) {
        var sql = Sql.of(
                "select lost_rooms(?, ?, ?, ?)",
                stays.stream().map(stay -> stay.actor().id()).toArray(UUID[]::new),
                stays.stream().map(stay -> stay.actor().role()).toArray(String[]::new),
                stays.stream().map(stay -> stay.room().kind().table()).toArray(String[]::new),
                stays.stream().map(stay -> stay.room().id()).toArray(UUID[]::new));
        return db.read(Actor.SYSTEM, reads -> reads.rows(sql, row -> stays.get(row.getInteger(0) - 1)));
    }
}
