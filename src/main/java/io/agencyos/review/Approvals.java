package io.agencyos.review;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.db.Db;
import io.agencyos.db.Refusal;
import io.agencyos.db.Sql;
import io.agencyos.db.Versioned;
import io.agencyos.db.Words;
import io.agencyos.videos.VideoAsset;
import io.agencyos.videos.VideoVersion;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;

/** Who reviews a video, and what they decide. Who may do so is decided in SQL. */
@ApplicationScoped
public class Approvals {

    private static final String NOT_FOR_YOU = "Only staff who may change the request choose its reviewers";

    private final Db db;

    Approvals(Db db) {
        this.db = db;
    }

    /** Makes somebody a reviewer, or changes whether they are required. */
    public Uni<VideoReviewer> addReviewer(AddVideoReviewer input) {
        var required = !Boolean.FALSE.equals(input.required());
        var adding = Sql.of("add_video_reviewer(?, ?, ?)", input.videoAssetId(), input.profileId(), required);
        return seen(VideoAsset.class, input.videoAssetId())
                .chain(x -> db.call(VideoReviewer.class, adding))
                .onFailure(Refusal::isForbidden)
                .transform(x -> Refusal.forbidden(NOT_FOR_YOU));
    }

    /** Takes somebody off: NOT_FOUND when they are no reviewer, FORBIDDEN when it is not the actor's to say. */
    public Uni<Void> removeReviewer(UUID videoAssetId, UUID profileId) {
        var reviewer =
                Sql.of("from video_reviewers where video_asset_id = ? and profile_id = ?", videoAssetId, profileId);
        return seen(VideoAsset.class, videoAssetId)
                .chain(x -> db.write(() -> Db.execute(Sql.of("delete ").add(reviewer))))
                .chain(removed -> removed > 0 ? Uni.createFrom().voidItem() : explain(reviewer));
    }

    private Uni<Void> explain(Sql reviewer) {
        return db.read(reads -> reads.count(Sql.of("select count(*)::int ").add(reviewer)))
                .map(left -> {
                    throw left > 0 ? Refusal.forbidden(NOT_FOR_YOU) : Refusal.notFound("reviewer");
                });
    }

    /** The actor's decision on a version, or another one than before. */
    public Uni<VersionApproval> decide(DecideApproval input) {
        var decision = input.decision().name().toLowerCase(Locale.ROOT);
        var deciding = Sql.of("decide_approval(?, ?, ?)", input.videoVersionId(), decision, input.note());
        return seen(VideoVersion.class, input.videoVersionId())
                .chain(x -> db.call(VersionApproval.class, deciding))
                .onFailure(Refusal::isForbidden)
                .transform(x -> Refusal.forbidden("Only a reviewer of the video decides on it"));
    }

    /** Takes the actor's decision back; without one there is nothing to do. */
    public Uni<UUID> withdraw(UUID videoVersionId) {
        var mine = Sql.of(
                "delete from version_approvals where video_version_id = ? and profile_id = ?", videoVersionId, Db.me());
        return seen(VideoVersion.class, videoVersionId)
                .chain(x -> db.write(() -> Db.execute(mine)))
                .replaceWith(videoVersionId);
    }

    /** What the required reviewers make of each version: one statement for all. */
    public Uni<List<ApprovalState>> states(List<VideoVersion> versions) {
        var ids = versions.stream().map(version -> version.id).toArray(UUID[]::new);
        var states = Sql.of("select s.video_version_id, s.state from approval_states(?) s", (Object) ids);
        return db.read(reads -> reads.rows(states, row -> Map.entry(row.getUUID(0), state(row))))
                .map(found -> {
                    var byId = found.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
                    return versions.stream()
                            .map(version -> byId.get(version.id))
                            .toList();
                });
    }

    private static ApprovalState state(Row row) {
        return ApprovalState.valueOf(row.getString(1).toUpperCase(Locale.ROOT));
    }

    /** The condition that a version is the current one of a video that the actor reviews, and they have not decided. */
    static Sql awaiting(UUID reviewer) {
        return Sql.of(
                "id in (select a.current_version_id from video_assets a join video_reviewers r on r.video_asset_id = a.id"
                        + " where r.profile_id = ? and a.deleted_at is null)"
                        + " and id not in (select p.video_version_id from version_approvals p where p.profile_id = ?)",
                reviewer,
                reviewer);
    }

    private <T extends Versioned> Uni<T> seen(Class<T> type, UUID id) {
        return db.read(reads -> reads.byId(type, id))
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.notFound(Words.of(type)));
    }
}
