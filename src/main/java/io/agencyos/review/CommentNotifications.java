package io.agencyos.review;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.db.Comparison;
import io.agencyos.db.Db;
import io.agencyos.db.ErrorCode;
import io.agencyos.db.Reads;
import io.agencyos.db.Refusal;
import io.agencyos.db.Sql;
import io.smallrye.mutiny.Uni;

/** The notices of whoever acts. An administrator may see those of others, but has no business with them here. */
@ApplicationScoped
public class CommentNotifications {

    private static final String UNREAD = " and read_at is null";

    private final Db db;

    CommentNotifications(Db db) {
        this.db = db;
    }

    /** The condition that a notice is the actor's own. */
    Sql mine(boolean unread) {
        return Sql.of("user_id = ?" + (unread ? UNREAD : ""), Db.me());
    }

    /** How many the actor has not read. */
    public Uni<Integer> unread() {
        var count =
                Sql.of("select count(*)::int from comment_notifications where ").add(mine(true));
        return db.read(reads -> reads.count(count));
    }

    /**
     * Marks notices of the actor's as read.
     *
     * @return these, in the order of {@code ids}; fails with NOT_FOUND when one of them is not theirs, and then marks
     *     none
     */
    public Uni<List<CommentNotification>> markRead(List<UUID> ids) {
        if (ids.size() > Comparison.MOST)
            throw new Refusal(ErrorCode.LIMIT_EXCEEDED, Comparison.MOST + " notices at most can be marked at a time");
        return own(ids).chain(x -> db.write(() -> Db.execute(marking(ids)))).chain(x -> own(ids));
    }

    private Sql marking(List<UUID> ids) {
        var texts = String.join(",", ids.stream().map(UUID::toString).toList());
        return Sql.of(
                        "update comment_notifications set read_at = now() where id = any(string_to_array(?, ',')::uuid[]) and ",
                        texts)
                .add(mine(true));
    }

    private Uni<List<CommentNotification>> own(Collection<UUID> ids) {
        var where = Reads.among(CommentNotification.class, new HashSet<>(ids))
                .add(" and ")
                .add(mine(false));
        return db.read(reads -> reads.all(CommentNotification.class, where)).map(found -> {
            var byId = found.stream().collect(Collectors.toMap(notice -> notice.id, Function.identity()));
            if (!byId.keySet().containsAll(ids)) throw Refusal.notFound("notification");
            return ids.stream().map(byId::get).toList();
        });
    }
}
