package io.agencyos.graphql;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.agencyos.db.Db;
import io.agencyos.db.Sql;
import io.agencyos.realtime.RightsChanged;
import io.agencyos.security.Actor;
import io.agencyos.security.SignIn;
import io.agencyos.sockets.Sockets;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;

/** Nobody goes on as who they no longer are: whose role has changed, or who is gone, has to sign in anew. */
@ApplicationScoped
class SignedIn {

    private static final int FORBIDDEN = 4403;

    private final SignIn signIn;
    private final Sockets sockets;
    private final Db db;

    SignedIn(SignIn signIn, Sockets sockets, Db db) {
        this.signIn = signIn;
        this.sockets = sockets;
        this.db = db;
    }

    void onRightsChanged(@Observes RightsChanged changed) {
        if (!changed.ofLogin()) return;
        var people = changed.people();
        signIn.forget(people);
        roles(people).subscribe().with(roles -> end(people, roles), unknown -> end(people, Map.of()));
    }

    private Uni<Map<UUID, String>> roles(Set<UUID> people) {
        var ids = String.join(",", people.stream().map(UUID::toString).toList());
        var sql = Sql.of(
                "select coalesce(json_object_agg(id, role), '{}')::text from profiles"
                        + " where id = any(string_to_array(?, ',')::uuid[])",
                ids);
        return db.statement(Actor.SYSTEM, sql, row -> row.getString(0)).map(SignedIn::roles);
    }

    private static Map<UUID, String> roles(String json) {
        var roles = new HashMap<UUID, String>();
        new JsonObject(json).forEach(entry -> roles.put(UUID.fromString(entry.getKey()), (String) entry.getValue()));
        return roles;
    }

    /** Who signs in with another role is the one who changes it: the socket that they do it on stays. */
    private void end(Set<UUID> people, Map<UUID, String> roles) {
        for (var person : people)
            sockets.end(
                    socket -> person.equals(socket.person()) && !Objects.equals(roles.get(person), socket.role()),
                    FORBIDDEN,
                    "Your role has changed; sign in again");
    }
}
