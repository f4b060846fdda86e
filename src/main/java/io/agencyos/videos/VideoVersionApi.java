package io.agencyos.videos;

import java.util.List;
import java.util.UUID;

import jakarta.validation.Valid;

import io.agencyos.db.Filter;
import io.agencyos.db.Page;
import io.agencyos.graphql.Given;
import io.agencyos.graphql.Nodes;
import io.agencyos.profiles.Profile;
import io.agencyos.realtime.Live;
import io.agencyos.realtime.Scope;
import io.smallrye.graphql.api.Subscription;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;

/** What GraphQL offers on versions of videos. */
@GraphQLApi
public class VideoVersionApi {

    private final Nodes nodes;
    private final VideoVersions versions;
    private final Live live;

    VideoVersionApi(Nodes nodes, VideoVersions versions, Live live) {
        this.nodes = nodes;
        this.versions = versions;
        this.live = live;
    }

    @Query
    @Description("One version of a video")
    public Uni<VideoVersion> videoVersion(@Id @NonNull @Description("The version's id") UUID id) {
        return nodes.byId(VideoVersion.class, id);
    }

    @NonNull
    @Description("All versions of the video")
    public Uni<List<VideoVersionConnection>> versions(
            @Source List<VideoAsset> of,
            @Description("Only those that fulfil this") VideoVersionFilter filter,
            @Description("In which order; the latest version first unless given") List<VideoVersionOrder> orderBy,
            @Description("How many at most from the start, 0 to 100; 50 unless given") Integer first,
            @Description("Behind this cursor") String after,
            @Description("How many at most from the end, 0 to 100") Integer last,
            @Description("Before this cursor") String before) {
        return nodes.pages(
                Nodes.ids(of),
                "video_asset_id = parent.id",
                VideoVersion.class,
                Filter.where(filter),
                VideoVersionOrder.sorts(orderBy),
                new Page(first, after, last, before),
                VideoVersionConnection::new);
    }

    @NonNull
    @Description("How many versions in all; counted only when asked for")
    public Uni<List<Integer>> totalCount(@Source List<VideoVersionConnection> of) {
        return nodes.counts(of);
    }

    @Description("The video it is a version of")
    public Uni<List<VideoAsset>> videoAsset(@Source List<VideoVersion> of) {
        return nodes.of(of, "videoAssetId", VideoAsset.class);
    }

    @Description("Who uploaded it")
    public Uni<List<Profile>> uploadedBy(@Source List<VideoVersion> of) {
        return nodes.of(of, "uploadedBy", Profile.class);
    }

    @Query
    @NonNull
    @Description("What differs between two versions of one video")
    public Uni<VideoComparison> compareVideoVersions(
            @Id @NonNull @Description("The version that is compared with") UUID from,
            @Id @NonNull @Description("The version that is compared") UUID to) {
        return versions.compare(from, to);
    }

    @Mutation
    @NonNull
    @Description(
            "Makes a version of a film that lies elsewhere, in one's own name; it is the one that counts from then on")
    public Uni<VideoVersion> createVideoVersion(@Valid @NonNull @Description("The version") NewVideoVersion input) {
        return versions.create(input);
    }

    @Mutation
    @NonNull
    @Description("Changes a version: whoever uploaded it, or an administrator")
    public Uni<VideoVersion> updateVideoVersion(
            @Id @NonNull @Description("The version's id") UUID id,
            @Valid @NonNull @Description("What to change") EditVideoVersion input,
            @Description("Only if the version is still in this version") Integer ifVersion) {
        return versions.update(id, Given.patch(input), ifVersion).chain(this::videoVersion);
    }

    @Mutation
    @NonNull
    @Description("Gives up the processing of a version, or the wait for it: whoever uploaded it, or an administrator")
    public Uni<VideoVersion> cancelVideoProcessing(@Id @NonNull @Description("The version's id") UUID id) {
        return versions.cancel(id).chain(this::videoVersion);
    }

    @Mutation
    @NonNull
    @Description("Has a version processed that failed or was cancelled, or once more: whoever uploaded it, or an"
            + " administrator")
    public Uni<VideoVersion> retryVideoProcessing(@Id @NonNull @Description("The version's id") UUID id) {
        return versions.retry(id).chain(this::videoVersion);
    }

    @Subscription
    @NonNull
    @Description("Versions that are uploaded, changed, removed, or that come into or go out of the viewer's sight")
    public Multi<VideoVersionChange> videoVersionChanged(
            @Id @Description("Of this video only") UUID videoAssetId,
            @Description("Resume behind this cursor; unless given, from now on") String after) {
        return live.follow(VideoVersion.class, "video_versions", Scope.of("scope_id", videoAssetId), null, after)
                .map(VideoVersionChange::new);
    }
}
