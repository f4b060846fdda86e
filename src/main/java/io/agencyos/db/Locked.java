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
        return delete(type, id, "");
    }

    /**
     * The same for a table where a trigger may leave something in the row's place.
     *
     * @param whole the further condition that nothing was taken of a row yet, as in {@code " and not removed"}
     */
    public static <T extends Versioned> Uni<T> delete(Class<T> type, UUID id, String whole) {
        var row = Sql.of(" from " + Table.of(type).name() + " where id = ?" + whole, id);
        return Panache.getSession()
                .chain(session -> session.find(type, id))
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.notFound(Words.of(type)))
                .call(found -> Db.execute(Sql.of("delete").add(row))
                        .call(deleted -> deleted > 0 ? done() : kept(type, row, !whole.isEmpty())));
    }

    /** Either the policy hides the row from the statement, or somebody else was faster. */
    private static Uni<Void> kept(Class<?> type, Sql row, boolean leavesSomething) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("select count(*)::int" + row.ordinal(), Integer.class)
                        .setParameter(1, row.values().getValue(0))
                        .getSingleResult())
                .invoke(left -> {
                    if (left > 0) throw Refusal.forbidden("You may not remove this");
                    if (!leavesSomething) throw Refusal.notFound(Words.of(type));
                })
                .replaceWithVoid();
    }

    private static Uni<Void> done() {
        return Uni.createFrom().voidItem();
    }

    private static void checkVersion(Versioned row, Integer ifVersion) {
        if (ifVersion != null && !ifVersion.equals(row.version)) throw Refusal.stale(row.version);
    }
}
