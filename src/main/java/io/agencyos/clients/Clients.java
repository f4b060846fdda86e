package io.agencyos.clients;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.db.Db;
import io.agencyos.db.Locked;
import io.agencyos.db.Patch;
import io.agencyos.db.Refusal;
import io.agencyos.db.Sql;
import io.smallrye.mutiny.Uni;

/** What changes clients and who belongs to them. */
@ApplicationScoped
public class Clients {

    private final Db db;

    Clients(Db db) {
        this.db = db;
    }

    /** Makes a client. */
    public Uni<UUID> create(NewClient input) {
        return db.insert(Client.class, input.toClient());
    }

    /** Changes what is given of a client. */
    public Uni<UUID> update(UUID id, Patch<EditClient> patch, Integer ifVersion) {
        return db.write(() -> Locked.find(Client.class, id, ifVersion).invoke(patch::applyTo))
                .replaceWith(id);
    }

    /** Lets a person look into a client's work; once is enough. */
    public Uni<Integer> addMember(UUID clientId, UUID profileId) {
        var sql = Sql.of(
                "insert into client_members (client_id, profile_id) values (?, ?) on conflict do nothing",
                clientId,
                profileId);
        return visible(clientId).chain(x -> db.write(() -> Db.execute(sql)));
    }

    /** Ends it; open subscriptions notice at their next event. */
    public Uni<Integer> removeMember(UUID clientId, UUID profileId) {
        var sql = Sql.of("delete from client_members where client_id = ? and profile_id = ?", clientId, profileId);
        return visible(clientId).chain(x -> db.write(() -> Db.execute(sql))).invoke(Clients::one);
    }

    private static void one(int removed) {
        // either the policy keeps the row from the statement, or there is no such member
        if (removed == 0) throw Refusal.notFound("member that you could remove");
    }

    private Uni<Client> visible(UUID id) {
        return db.read(reads -> reads.byId(Client.class, id))
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.notFound("client"));
    }
}
