package io.agencyos.requests;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.clients.Client;
import io.agencyos.db.Db;
import io.agencyos.db.Locked;
import io.agencyos.db.Patch;
import io.agencyos.db.Refusal;
import io.smallrye.mutiny.Uni;

/** What changes requests. The status machine, its history and the notifications are triggers. */
@ApplicationScoped
public class Requests {

    private final Db db;

    Requests(Db db) {
        this.db = db;
    }

    /** Makes a request in the actor's name. */
    public Uni<Request> create(NewRequest input) {
        return db.insert(Request.class, input.toRequest(Db.me()))
                .onFailure(Refusal::isForbidden)
                .recoverWithUni(refused -> db.reason(Client.class, input.clientId(), refused)
                        .chain(reason -> Uni.createFrom().failure(reason)));
    }

    /** Changes what is given of a request. */
    public Uni<UUID> update(UUID id, Patch<EditRequest> patch, Integer ifVersion) {
        return db.write(() -> Locked.find(Request.class, id, ifVersion).invoke(patch::applyTo))
                .replaceWith(id);
    }

    /** Takes one step of the status machine; {@code note} goes into the history. */
    public Uni<UUID> changeStatus(UUID id, RequestStatus status, String note, Integer ifVersion) {
        return db.write(note, () -> Locked.find(Request.class, id, ifVersion)
                        .invoke(request -> request.status = status))
                .replaceWith(id);
    }

    /** Gives a request to somebody, or to nobody. */
    public Uni<UUID> assign(UUID id, UUID to, Integer ifVersion) {
        return db.write(() -> Locked.find(Request.class, id, ifVersion).invoke(request -> request.assignedTo = to))
                .replaceWith(id);
    }

    /** Removes a request and all that hangs on it; answers it as it was. */
    public Uni<Request> delete(UUID id) {
        return db.write(() -> Locked.delete(Request.class, id));
    }
}
