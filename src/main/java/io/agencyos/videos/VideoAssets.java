package io.agencyos.videos;

import java.time.OffsetDateTime;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.db.Db;
import io.agencyos.db.Locked;
import io.agencyos.db.Patch;
import io.agencyos.db.Refusal;
import io.agencyos.db.Sql;
import io.agencyos.requests.Request;
import io.smallrye.mutiny.Uni;

/** What changes videos. */
@ApplicationScoped
public class VideoAssets {

    private final Db db;

    VideoAssets(Db db) {
        this.db = db;
    }

    /** Makes a video in the actor's name. */
    public Uni<VideoAsset> create(NewVideoAsset input) {
        return db.insert(VideoAsset.class, input.toVideo(Db.me()))
                .onFailure(Refusal.class)
                .recoverWithUni(refused -> db.reason(Request.class, input.projectId(), refused)
                        .chain(reason -> Uni.createFrom().failure(reason)));
    }

    /** Changes what is given of a video. */
    public Uni<VideoAsset> update(UUID id, Patch<EditVideoAsset> patch, Integer ifVersion) {
        return db.write(() -> Locked.find(VideoAsset.class, id, ifVersion)
                        .invoke(VideoAssets::refuseRemoved)
                        .invoke(patch::applyTo))
                .chain(x -> read(id));
    }

    /** Removes a video, which can be brought back; done twice it changes nothing. */
    public Uni<VideoAsset> remove(UUID id) {
        return db.write(() -> Locked.find(VideoAsset.class, id, null).invoke(video -> {
                    if (video.deletedAt == null) video.deletedAt = OffsetDateTime.now();
                }))
                .chain(x -> read(id));
    }

    /** Brings a removed video back. */
    public Uni<VideoAsset> restore(UUID id) {
        return db.write(() -> Locked.find(VideoAsset.class, id, null).invoke(video -> video.deletedAt = null))
                .chain(x -> read(id));
    }

    /** Makes one of a video's versions the one that counts. */
    public Uni<VideoAsset> show(UUID id, UUID version, Integer ifVersion) {
        return db.write(() -> Locked.find(VideoAsset.class, id, ifVersion)
                        .invoke(VideoAssets::refuseRemoved)
                        .invoke(video -> video.currentVersionId = version))
                .chain(x -> read(id));
    }

    private static void refuseRemoved(VideoAsset video) {
        if (video.deletedAt != null) throw Refusal.notFound("video asset");
    }

    /** As it is, removed or not. */
    private Uni<VideoAsset> read(UUID id) {
        return db.read(reads -> reads.byId(VideoAsset.class, id));
    }

    /** Does nothing for a video that is there; NOT_FOUND for one that was removed. */
    Uni<Void> requireKept(UUID id) {
        var removed = Sql.of("select count(*)::int from video_assets where id = ? and deleted_at is not null", id);
        return db.read(reads -> reads.count(removed))
                .invoke(count -> {
                    if (count > 0) throw Refusal.notFound("video asset");
                })
                .replaceWithVoid();
    }
}
