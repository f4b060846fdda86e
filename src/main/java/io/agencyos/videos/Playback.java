package io.agencyos.videos;

import java.util.HashMap;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.db.Db;
import io.agencyos.db.ErrorCode;
import io.agencyos.db.Refusal;
import io.agencyos.db.Sql;
import io.smallrye.mutiny.Uni;

/** Who is where in a film. How often that is kept is decided in SQL. */
@ApplicationScoped
public class Playback {

    private static final String LAST = "select distinct on (s.video_version_id) s.video_version_id,"
            + " s.last_position_seconds::float8, s.completed from video_playback_sessions s"
            + " where s.user_id = ? and s.video_version_id = any(?) order by s.video_version_id, s.started_at desc";

    private final Db db;

    Playback(Db db) {
        this.db = db;
    }

    /** Keeps where the actor is, unless that was done a moment ago; answers their session either way. */
    public Uni<PlaybackSession> save(RecordPlayback input) {
        var recording = Sql.of(
                "record_playback(?, ?, ?)",
                input.videoVersionId(),
                input.positionSeconds(),
                Boolean.TRUE.equals(input.completed()));
        return db.call(PlaybackSession.class, recording)
                .onFailure(Playback::isNotFound)
                .transform(x -> Refusal.notFound("video version"));
    }

    /** Where the actor left each version, or null where they have not begun or have seen it: one statement for all. */
    public Uni<List<Double>> left(List<VideoVersion> versions) {
        var ids = versions.stream().map(version -> version.id).toArray(UUID[]::new);
        var positions = new HashMap<UUID, Double>();
        return db.read(reads -> reads.rows(Sql.of(LAST, Db.me(), ids), row -> {
                    if (!row.getBoolean(2)) positions.put(row.getUUID(0), row.getDouble(1));
                    return row;
                }))
                .map(x -> versions.stream()
                        .map(version -> positions.get(version.id))
                        .toList());
    }

    private static boolean isNotFound(Throwable failure) {
        return failure instanceof Refusal refusal && refusal.code() == ErrorCode.NOT_FOUND;
    }
}
