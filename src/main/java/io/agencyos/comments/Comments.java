package io.agencyos.comments;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.db.Db;
import io.agencyos.db.Locked;
import io.agencyos.db.Patch;
import io.agencyos.db.Refusal;
import io.agencyos.db.Sql;
import io.agencyos.requests.Request;
import io.smallrye.mutiny.Uni;

/** What changes comments. */
@ApplicationScoped
public class Comments {

    private final Db db;

    Comments(Db db) {
        this.db = db;
    }

    /** Says something in the actor's name. */
    public Uni<Comment> create(NewComment input) {
        return db.insert(Comment.class, input.toComment(Db.me()))
                .onFailure(Refusal.class)
                .recoverWithUni(refused -> db.reason(Request.class, input.requestId(), refused)
                        .chain(reason -> reason == refused
                                ? sameAsAbsent(input, refused)
                                : Uni.createFrom().item(reason))
                        .chain(reason -> Uni.createFrom().failure(reason)));
    }

    /** A comment or an asset that the actor may not see is answered like one that does not exist. */
    private Uni<Throwable> sameAsAbsent(NewComment input, Throwable refused) {
        return db.read(reads -> reads.count(unseen("comments", input.parentCommentId()))
                .chain(parents -> reads.count(unseen("assets", input.assetId()))
                        .map(assets -> parents > 0 ? "parentCommentId" : assets > 0 ? "assetId" : null))
                .map(field -> field == null ? refused : Refusal.invalid(field, field + " does not exist")));
    }

    private static Sql unseen(String table, UUID id) {
        return Sql.of(
                "select case when ?::uuid is null then 0 else 1 - count(*)::int end from " + table + " where id = ?",
                id,
                id);
    }

    /** Changes what is given of a comment. */
    public Uni<UUID> update(UUID id, Patch<EditComment> patch, Integer ifVersion) {
        return db.write(() -> Locked.find(Comment.class, id, ifVersion).invoke(patch::applyTo))
                .replaceWith(id);
    }

    /** Settles a comment, or opens it again. */
    public Uni<UUID> resolve(UUID id, boolean resolved, Integer ifVersion) {
        return db.write(() ->
                        Locked.find(Comment.class, id, ifVersion).invoke(comment -> comment.isResolved = resolved))
                .replaceWith(id);
    }

    /** Removes a comment and the replies to it; answers it as it was. */
    public Uni<Comment> delete(UUID id) {
        return db.write(() -> Locked.delete(Comment.class, id));
    }
}
