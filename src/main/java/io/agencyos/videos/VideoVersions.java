package io.agencyos.videos;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.db.Db;
import io.agencyos.db.Locked;
import io.agencyos.db.Patch;
import io.agencyos.db.Refusal;
import io.agencyos.db.Sql;
import io.smallrye.mutiny.Uni;

/** What changes versions of videos, and how their processing goes on. */
@ApplicationScoped
public class VideoVersions {

    private final Db db;

    VideoVersions(Db db) {
        this.db = db;
    }

    /** Makes a version in the actor's name; it is the one that counts from then on. */
    public Uni<VideoVersion> create(NewVideoVersion input) {
        return db.insert(VideoVersion.class, input.toVersion(Db.me()))
                .onFailure(Refusal.class)
                .recoverWithUni(refused -> db.reason(VideoAsset.class, input.videoAssetId(), refused)
                        .chain(reason -> Uni.createFrom().failure(reason)));
    }

    /** Changes what is given of a version. */
    public Uni<UUID> update(UUID id, Patch<EditVideoVersion> patch, Integer ifVersion) {
        return db.write(() -> Locked.find(VideoVersion.class, id, ifVersion).invoke(patch::applyTo))
                .replaceWith(id);
    }

    /** Gives up the processing of a version. */
    public Uni<UUID> cancel(UUID id) {
        return call("select cancel_video_processing(?)", id);
    }

    /** Has a version processed that failed or was cancelled, or once more. */
    public Uni<UUID> retry(UUID id) {
        return call("select retry_video_processing(?)", id);
    }

    private Uni<UUID> call(String function, UUID id) {
        return db.write(() -> Locked.find(VideoVersion.class, id, null).chain(x -> Db.execute(Sql.of(function, id))))
                .replaceWith(id);
    }

    /** What differs between two versions of one video. */
    public Uni<VideoComparison> compare(UUID from, UUID to) {
        return db.read(reads -> reads.byId(VideoVersion.class, from)
                .chain(one -> reads.byId(VideoVersion.class, to).map(other -> comparison(one, other))));
    }

    private static VideoComparison comparison(VideoVersion from, VideoVersion to) {
        if (from == null || to == null) throw Refusal.notFound("video version");
        if (!from.videoAssetId.equals(to.videoAssetId))
            throw Refusal.invalid("to", "to must be a version of the same video");
        return VideoComparison.of(from, to);
    }
}
