package io.agencyos.assets;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.db.Db;
import io.agencyos.db.Locked;
import io.agencyos.db.Patch;
import io.agencyos.db.Refusal;
import io.agencyos.db.Sql;
import io.agencyos.requests.Request;
import io.smallrye.mutiny.Uni;

/** What changes assets. */
@ApplicationScoped
public class Assets {

    private final Db db;

    Assets(Db db) {
        this.db = db;
    }

    /** Adds to a request what is embedded from elsewhere. */
    public Uni<Asset> create(NewAsset input) {
        return db.insert(Asset.class, input.toAsset(Db.me()))
                .onFailure(Refusal.class)
                .recoverWithUni(refused -> db.reason(Request.class, input.requestId(), refused)
                        .chain(reason -> Uni.createFrom().failure(reason)));
    }

    /** Changes what is given of a version. */
    public Uni<UUID> update(UUID id, Patch<EditAsset> patch, Integer ifVersion) {
        return db.write(() -> lockFamily(id)
                        .chain(() -> Locked.find(Asset.class, id, ifVersion))
                        .invoke(patch::applyTo))
                .replaceWith(id);
    }

    /** Makes one version of a file the one that counts. */
    public Uni<UUID> setCurrent(UUID id) {
        return db.write(() -> call("set_asset_version_as_current", id)).replaceWith(id);
    }

    /** Removes a version; with the first one all that came of it. Answers it as it was. */
    public Uni<Asset> delete(UUID id) {
        return db.write(() -> lockFamily(id).chain(() -> Locked.delete(Asset.class, id)));
    }

    /** In everybody's order, the first version before the others, so that nobody meets a deadlock. */
    private static Uni<Void> lockFamily(UUID id) {
        return call("lock_asset_family", id);
    }

    private static Uni<Void> call(String function, UUID id) {
        return Db.execute(Sql.of("select " + function + "(?)", id)).replaceWithVoid();
    }
}
