package io.agencyos.videos;

import java.util.List;

import jakarta.validation.Valid;

import io.agencyos.db.Page;
import io.agencyos.db.Sort;
import io.agencyos.db.Sql;
import io.agencyos.graphql.Nodes;
import io.agencyos.profiles.Profile;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Source;

/** What GraphQL offers on who watched a version, and how far. */
@GraphQLApi
public class PlaybackApi {

    private final Nodes nodes;
    private final Playback playback;

    PlaybackApi(Nodes nodes, Playback playback) {
        this.nodes = nodes;
        this.playback = playback;
    }

    @NonNull
    @Description("Who watched it, and how far, the latest first: for staff and the uploader all, for others their own")
    public Uni<List<PlaybackSessionConnection>> playbackSessions(
            @Source List<VideoVersion> of,
            @Description("How many at most from the start, 0 to 100; 50 unless given") Integer first,
            @Description("Behind this cursor") String after,
            @Description("How many at most from the end, 0 to 100") Integer last,
            @Description("Before this cursor") String before) {
        return nodes.pages(
                Nodes.ids(of),
                "video_version_id = parent.id",
                PlaybackSession.class,
                Sql.of("true"),
                List.of(new Sort("started_at", "timestamptz", true, false)),
                new Page(first, after, last, before),
                PlaybackSessionConnection::new);
    }

    @NonNull
    @Description("How many sessions in all; counted only when asked for")
    public Uni<List<Integer>> totalCount(@Source List<PlaybackSessionConnection> of) {
        return nodes.counts(of);
    }

    @Description(
            "Where the viewer left it, in seconds, to go on from there; none where they have not begun or have seen it")
    public Uni<List<Double>> myPosition(@Source List<VideoVersion> of) {
        return playback.left(of);
    }

    @Description("Which version they watched")
    public Uni<List<VideoVersion>> videoVersion(@Source List<PlaybackSession> of) {
        return nodes.of(of, "videoVersionId", VideoVersion.class);
    }

    @Description("Who watched")
    public Uni<List<Profile>> user(@Source List<PlaybackSession> of) {
        return nodes.of(of, "userId", Profile.class);
    }

    @Mutation
    @NonNull
    @Description("Tells where the viewer is in a film. A player may tell as often as it likes: it is kept every five"
            + " seconds at most, a jump after one second already, the end at once")
    public Uni<PlaybackSession> recordPlayback(@Valid @NonNull @Description("Where they are") RecordPlayback input) {
        return playback.save(input);
    }
}
