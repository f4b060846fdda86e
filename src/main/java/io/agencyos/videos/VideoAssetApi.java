package io.agencyos.videos;

import java.util.List;
import java.util.UUID;

import jakarta.validation.Valid;

import io.agencyos.db.Page;
import io.agencyos.graphql.Given;
import io.agencyos.graphql.Nodes;
import io.agencyos.profiles.Profile;
import io.agencyos.realtime.Live;
import io.agencyos.realtime.Scope;
import io.agencyos.requests.Request;
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

/** What GraphQL offers on videos, and the videos of a request. */
@GraphQLApi
public class VideoAssetApi {

    private final Nodes nodes;
    private final VideoAssets videos;
    private final Live live;

    VideoAssetApi(Nodes nodes, VideoAssets videos, Live live) {
        this.nodes = nodes;
        this.videos = videos;
        this.live = live;
    }

    @Query
    @Description("One video")
    public Uni<VideoAsset> videoAsset(
            @Id @NonNull @Description("The video's id") UUID id,
            @Description("Also if it was removed, which only staff may see; false unless given") Boolean removed) {
        var video = nodes.byId(VideoAsset.class, id);
        return Boolean.TRUE.equals(removed) ? video : videos.requireKept(id).chain(x -> video);
    }

    @NonNull
    @Description("The request's videos; removed ones only where the filter is about deletedAt")
    public Uni<List<VideoAssetConnection>> videoAssets(
            @Source List<Request> of,
            @Description("Only those that fulfil this") VideoAssetFilter filter,
            @Description("In which order; the newest first unless given") List<VideoAssetOrder> orderBy,
            @Description("How many at most from the start, 0 to 100; 50 unless given") Integer first,
            @Description("Behind this cursor") String after,
            @Description("How many at most from the end, 0 to 100") Integer last,
            @Description("Before this cursor") String before) {
        return nodes.pages(
                Nodes.ids(of),
                "project_id = parent.id",
                VideoAsset.class,
                VideoAssetFilter.where(filter),
                VideoAssetOrder.sorts(orderBy),
                new Page(first, after, last, before),
                VideoAssetConnection::new);
    }

    @NonNull
    @Description("How many videos in all; counted only when asked for")
    public Uni<List<Integer>> totalCount(@Source List<VideoAssetConnection> of) {
        return nodes.counts(of);
    }

    @Description("The request it belongs to")
    public Uni<List<Request>> project(@Source List<VideoAsset> of) {
        return nodes.of(of, "projectId", Request.class);
    }

    @Description("The version that counts; none before the first upload")
    public Uni<List<VideoVersion>> currentVersion(@Source List<VideoAsset> of) {
        return nodes.of(of, "currentVersionId", VideoVersion.class);
    }

    @Description("Who made it")
    public Uni<List<Profile>> createdBy(@Source List<VideoAsset> of) {
        return nodes.of(of, "createdBy", Profile.class);
    }

    @Mutation
    @NonNull
    @Description("Makes a video in one's own name")
    public Uni<VideoAsset> createVideoAsset(@Valid @NonNull @Description("The video") NewVideoAsset input) {
        return videos.create(input);
    }

    @Mutation
    @NonNull
    @Description("Changes a video: whoever made it, or an administrator")
    public Uni<VideoAsset> updateVideoAsset(
            @Id @NonNull @Description("The video's id") UUID id,
            @Valid @NonNull @Description("What to change") EditVideoAsset input,
            @Description("Only if the video is still in this version") Integer ifVersion) {
        return videos.update(id, Given.patch(input), ifVersion);
    }

    @Mutation
    @NonNull
    @Description(
            "Removes a video with its versions and what was said about them; it is kept, and can be brought back by"
                    + " whoever made it, or an administrator")
    public Uni<VideoAsset> deleteVideoAsset(@Id @NonNull @Description("The video's id") UUID id) {
        return videos.remove(id);
    }

    @Mutation
    @NonNull
    @Description("Brings a removed video back: whoever made it, or an administrator")
    public Uni<VideoAsset> restoreVideoAsset(@Id @NonNull @Description("The video's id") UUID id) {
        return videos.restore(id);
    }

    @Mutation("setCurrentVideoVersion")
    @NonNull
    @Description("Makes one of a video's versions the one that counts: whoever made the video, or an administrator")
    public Uni<VideoAsset> showVersion(
            @Id @NonNull @Description("Which video") UUID videoAssetId,
            @Id @NonNull @Description("Which of its versions") UUID versionId,
            @Description("Only if the video is still in this version") Integer ifVersion) {
        return videos.show(videoAssetId, versionId, ifVersion);
    }

    @Subscription
    @NonNull
    @Description("Videos that are made, changed, removed, or that come into or go out of the viewer's sight")
    public Multi<VideoAssetChange> videoAssetChanged(
            @Id @Description("Of this request only") UUID requestId,
            @Description("Resume behind this cursor; unless given, from now on") String after) {
        return live.follow(VideoAsset.class, "video_assets", Scope.of("request_id", requestId), null, after)
                .map(VideoAssetChange::new);
    }
}
