package io.agencyos.videos;

import java.time.OffsetDateTime;
import java.util.UUID;

import jakarta.persistence.Table;

import io.agencyos.db.SameForStaff;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Ignore;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** How far somebody watched a version at one go. Written by a function in SQL alone, so it is no entity. */
@Table(name = "video_playback_sessions")
@SameForStaff
@Type("PlaybackSession")
@Description("How far somebody watched a version at one go")
public class PlaybackSession {

    @Id
    @NonNull
    @Description("The key")
    public UUID id;

    @Ignore
    public UUID videoVersionId;

    @Ignore
    public UUID userId;

    @NonNull
    @Description("When they began")
    public OffsetDateTime startedAt;

    @Description("Where they were last, in seconds from the start of the film")
    public Double lastPositionSeconds;

    @NonNull
    @Description("Whether they saw it to the end, or 95 hundredths of it")
    public Boolean completed;

    @NonNull
    @Description("When that was last kept")
    public OffsetDateTime updatedAt;
}
