package io.agencyos.graphql;

import java.util.HashMap;
import java.util.List;
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
import io.agencyos.sockets.Socket;
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
        var before = signedIn(people);
        roles(people).subscribe().with(roles -> outdated(before, roles).forEach(SignedIn::end), x -> before.keySet()
                .forEach(SignedIn::end));
    }

    /** The sockets of these people, and the role with which each is signed in now. */
    private Map<Socket, String> signedIn(Set<UUID> people) {
        var roles = new HashMap<Socket, String>();
        for (var socket : sockets.which(socket -> socket.person() != null && people.contains(socket.person())))
            roles.put(socket, socket.role());
        return roles;
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

    /**
     * Which of the sockets that were open before {@code roles} were read have another role than those say. Who signs in
     * with another role is the one who changes it: the socket that they do it on stays, also where they have done it
     * since, which {@code roles} need not know of.
     */
    static List<Socket> outdated(Map<Socket, String> before, Map<UUID, String> roles) {
        return before.entrySet().stream()
                .filter(was -> Objects.equals(was.getValue(), was.getKey().role()))
                .map(Map.Entry::getKey)
                .filter(socket -> !Objects.equals(roles.get(socket.person()), socket.role()))
                .toList();
    }

    private static void end(Socket socket) {
        socket.end(FORBIDDEN, "Your role has changed; sign in again");
    }
}
