package io.agencyos.comments;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.db.Db;
import io.agencyos.db.Locked;
import io.agencyos.db.Patch;
import io.agencyos.db.Refusal;
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
    public Uni<UUID> create(NewComment input) {
        return db.insert(Comment.class, input.toComment(Db.me()))
                .onFailure(Refusal::isForbidden)
                .recoverWithUni(refused -> db.unseen(Request.class, input.requestId(), refused));
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
