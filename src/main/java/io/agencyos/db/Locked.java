package io.agencyos.db;

import java.util.UUID;

import jakarta.persistence.LockModeType;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;

/** Rows to be changed, held so that nobody else changes them until the unit ends. */
public final class Locked {

    private Locked() {}

    /**
     * The row with this id, locked.
     *
     * @param ifVersion the version that the client saw, or null when it does not mind
     * @return fails with NOT_FOUND when the actor may not see it, FORBIDDEN when they may not change it, CONFLICT when
     *     it is in another version
     */
    public static <T extends Versioned> Uni<T> find(Class<T> type, UUID id, Integer ifVersion) {
        // FOR UPDATE applies the policy for updates as well, so a row that is seen but not locked is forbidden
        return Panache.getSession()
                .chain(session -> session.find(type, id, LockModeType.PESSIMISTIC_WRITE))
                .onItem()
                .ifNull()
                .switchTo(() -> refused(type, id))
                .invoke(row -> checkVersion(row, ifVersion));
    }

    private static <T extends Versioned> Uni<T> refused(Class<T> type, UUID id) {
        return Panache.getSession().chain(session -> session.find(type, id)).map(seen -> {
            if (seen != null) throw Refusal.forbidden("You may not change this");
            throw Refusal.notFound(Words.of(type));
        });
    }

    /**
     * Removes the row with this id.
     *
     * @return the row as it was; fails with NOT_FOUND when the actor may not see it, FORBIDDEN when they may not remove
     *     it
     */
    public static <T extends Versioned> Uni<T> delete(Class<T> type, UUID id) {
        var sql = "delete from " + Table.of(type).name() + " where id = ?1";
        return Panache.getSession().chain(session -> session.find(type, id)
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.notFound(Words.of(type)))
                .call(row -> session.createNativeQuery(sql)
                        .setParameter(1, id)
                        .executeUpdate()
                        .invoke(Locked::one)));
    }

    private static void one(int deleted) {
        // the policy for deletes hides the row from the statement
        if (deleted == 0) throw Refusal.forbidden("You may not remove this");
    }

    private static void checkVersion(Versioned row, Integer ifVersion) {
        if (ifVersion != null && !ifVersion.equals(row.version)) throw Refusal.stale(row.version);
    }
}
