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
    public Uni<Client> create(NewClient input) {
        return db.insert(Client.class, input.toClient());
    }

    /** Changes what is given of a client. */
    public Uni<UUID> update(UUID id, Patch<EditClient> patch, Integer ifVersion) {
        return db.write(() -> Locked.find(Client.class, id, ifVersion).invoke(patch::applyTo))
                .replaceWith(id);
    }

    /** Lets a person look into a client's work; once is enough. */
    public Uni<Void> addMember(UUID clientId, UUID profileId) {
        var sql = Sql.of(
                "insert into client_members (client_id, profile_id) values (?, ?) on conflict do nothing",
                clientId,
                profileId);
        return visible(clientId).chain(x -> db.write(() -> Db.execute(sql))).replaceWithVoid();
    }

    /** Ends a person's membership: NOT_FOUND when there is none, FORBIDDEN when it is not the actor's to end. */
    public Uni<Void> removeMember(UUID clientId, UUID profileId) {
        var member = Sql.of("from client_members where client_id = ? and profile_id = ?", clientId, profileId);
        return visible(clientId)
                .chain(x -> db.write(() -> Db.execute(Sql.of("delete ").add(member))))
                .chain(removed -> removed > 0 ? Uni.createFrom().voidItem() : explain(member));
    }

    private Uni<Void> explain(Sql member) {
        return db.read(reads -> reads.count(Sql.of("select count(*)::int ").add(member)))
                .map(seen -> {
                    if (seen > 0) throw Refusal.forbidden("You may not remove a member");
                    throw Refusal.notFound("member");
                });
    }

    private Uni<Client> visible(UUID id) {
        return db.read(reads -> reads.byId(Client.class, id))
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.notFound("client"));
    }
}
