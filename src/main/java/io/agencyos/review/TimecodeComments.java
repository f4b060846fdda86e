package io.agencyos.review;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.db.Db;
import io.agencyos.db.Locked;
import io.agencyos.db.Patch;
import io.agencyos.db.Refusal;
import io.agencyos.db.Sql;
import io.agencyos.videos.VideoVersion;
import io.smallrye.mutiny.Uni;

/** What changes comments on films. */
@ApplicationScoped
public class TimecodeComments {

    private final Db db;

    TimecodeComments(Db db) {
        this.db = db;
    }

    /** Says something in the actor's name. */
    public Uni<TimecodeComment> create(NewTimecodeComment input) {
        return Uni.createFrom()
                .item(() -> Place.of(input))
                .chain(place -> placed(input.toComment(Db.me()), place)
                        .chain(comment -> db.insert(
                                TimecodeComment.class, comment, Mentions.adding(comment.id, input.mentionIds())))
                        .onFailure(Refusal.class)
                        .transform(place::inItsWords))
                .onFailure(Refusal.class)
                .recoverWithUni(refused -> db.reason(VideoVersion.class, input.videoVersionId(), refused)
                        .chain(reason -> reason == refused
                                ? sameAsAbsent(input.parentCommentId(), refused)
                                : Uni.createFrom().item(reason))
                        .chain(reason -> Uni.createFrom().failure(reason)))
                // it may have been made before, by a call that had the same key
                .call(made -> input.id() == null || input.mentionIds() == null
                        ? Uni.createFrom().voidItem()
                        : Mentions.expect(db, made.id, input.mentionIds()));
    }

    private Uni<TimecodeComment> placed(TimecodeComment comment, Place place) {
        if (!place.needsFilm()) return Uni.createFrom().item(() -> place.put(comment, null));
        return db.read(reads -> reads.byId(VideoVersion.class, comment.videoVersionId))
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.notFound("video version"))
                .map(film -> place.put(comment, film));
    }

    /** A comment that the actor may not see is answered like one that does not exist. */
    private Uni<Throwable> sameAsAbsent(UUID parent, Throwable refused) {
        if (parent == null) return Uni.createFrom().item(refused);
        return db.read(reads -> reads.byId(TimecodeComment.class, parent))
                .map(found ->
                        found == null ? Refusal.invalid("parentCommentId", "parentCommentId does not exist") : refused);
    }

    /** Changes what is given of a comment. */
    public Uni<UUID> update(UUID id, Patch<EditTimecodeComment> patch, Integer ifVersion) {
        return Uni.createFrom()
                .item(() -> Place.of(patch))
                .chain(place -> db.write(() -> change(id, patch, place, ifVersion))
                        .onFailure(Refusal.class)
                        .transform(place::inItsWords))
                .replaceWith(id);
    }

    private static Uni<TimecodeComment> change(
            UUID id, Patch<EditTimecodeComment> patch, Place place, Integer ifVersion) {
        var columns = Place.without(patch).without("mentionIds", "attachmentIds");
        var values = patch.values();
        Drawing.checked(values.drawing());
        return Locked.find(TimecodeComment.class, id, ifVersion)
                .invoke(columns::applyTo)
                .invoke(comment -> {
                    if (patch.given().contains("attachmentIds"))
                        comment.attachments = Attachments.of(values.attachmentIds());
                })
                .call(comment -> move(comment, place))
                .call(() -> patch.given().contains("mentionIds")
                        ? Mentions.replace(id, values.mentionIds())
                        : Uni.createFrom().voidItem());
    }

    private static Uni<TimecodeComment> move(TimecodeComment comment, Place place) {
        if (!place.needsFilm()) return Uni.createFrom().item(() -> place.put(comment, null));
        return VideoVersion.<VideoVersion>findById(comment.videoVersionId).map(film -> place.put(comment, film));
    }

    /** Puts the actor's reaction to a comment, or takes it back; twice is the same as once. */
    public Uni<UUID> react(UUID id, String emoji, boolean present) {
        return db.write(() -> Db.execute(Sql.of("select set_reaction(?, ?, ?)", id, emoji, present)))
                .replaceWith(id);
    }

    /** Carries comments over to another version of the same video, at the same time; what was carried over stays. */
    public Uni<UUID> copy(CopyTimecodeComments input) {
        var copying = Sql.of(
                "select copy_timecode_comments(?, ?, ?)",
                input.fromVersionId(),
                input.toVersionId(),
                Boolean.TRUE.equals(input.unresolvedOnly()));
        return db.write(() -> Db.execute(copying)).replaceWith(input.toVersionId());
    }

    /** Settles a comment, or opens it again. */
    public Uni<UUID> resolve(UUID id, boolean resolved, Integer ifVersion) {
        var status = resolved ? TimecodeCommentStatus.RESOLVED : TimecodeCommentStatus.ACTIVE;
        return db.write(() ->
                        Locked.find(TimecodeComment.class, id, ifVersion).invoke(comment -> comment.status = status))
                .replaceWith(id);
    }

    /** Removes a comment, of which only a tombstone stays where there are replies; answers it as it was. */
    public Uni<TimecodeComment> delete(UUID id) {
        return db.write(() -> Locked.delete(TimecodeComment.class, id, " and status <> 'deleted'"))
                .invoke(comment -> {
                    if (comment.status == TimecodeCommentStatus.DELETED)
                        throw Refusal.forbidden("A removed comment stays as it is");
                });
    }
}
