package io.agencyos.review;

import java.util.List;
import java.util.Set;
import java.util.UUID;

import io.agencyos.db.Db;
import io.agencyos.db.DuplicateKey;
import io.agencyos.db.Refusal;
import io.agencyos.db.Sql;
import io.smallrye.mutiny.Uni;

/** Whom a comment mentions. Who may be mentioned, and who is told of it, is decided in SQL. */
final class Mentions {

    private static final String PEOPLE = "string_to_array(?, ',')::uuid[]";

    private Mentions() {}

    /** The statement that adds these people, or none; null means nobody. */
    static Sql[] adding(UUID comment, List<UUID> people) {
        var wanted = Ids.of("mentionIds", people);
        return wanted.isEmpty() ? new Sql[0] : new Sql[] {add(comment, wanted)};
    }

    private static Sql add(UUID comment, Set<UUID> people) {
        return Sql.of(
                "insert into comment_mentions (comment_id, mentioned_user_id) select ?, who.id from unnest(" + PEOPLE
                        + ") as who (id) on conflict do nothing",
                comment,
                texts(people));
    }

    /** Makes these the people that a comment mentions, in the write unit that is open; FORBIDDEN but for its author. */
    static Uni<?> replace(UUID comment, List<UUID> people) {
        var wanted = Ids.of("mentionIds", people);
        var others = Sql.of(
                " from comment_mentions where comment_id = ? and mentioned_user_id <> all(" + PEOPLE + ")",
                comment,
                texts(wanted));
        return Db.execute(Sql.of("delete").add(others))
                .chain(x -> Db.execute(Sql.of("select id").add(others)))
                .invoke(left -> {
                    if (left > 0) throw Refusal.forbidden("Only its author says whom a comment mentions");
                })
                .chain(x -> Db.execute(add(comment, wanted)));
    }

    /** Fails with CONFLICT unless these are the people that a comment mentions. */
    static Uni<?> expect(Db db, UUID comment, List<UUID> people) {
        var mentioned = Sql.of("select mentioned_user_id from comment_mentions where comment_id = ?", comment);
        return db.read(reads -> reads.rows(mentioned, row -> row.getUUID(0))).invoke(found -> {
            if (!Set.copyOf(found).equals(Ids.of("mentionIds", people))) throw new DuplicateKey();
        });
    }

    private static String texts(Set<UUID> people) {
        return String.join(",", people.stream().map(UUID::toString).toList());
    }
}
