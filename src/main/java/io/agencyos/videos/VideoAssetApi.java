package io.agencyos.videos;

import java.util.List;
import java.util.UUID;

import io.agencyos.db.Page;
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
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;

/** What GraphQL offers on videos, and the videos of a request. */
@GraphQLApi
public class VideoAssetApi {

    private final Nodes nodes;
    private final Live live;

    VideoAssetApi(Nodes nodes, Live live) {
        this.nodes = nodes;
        this.live = live;
    }

    @Query
    @Description("One video, though it may have been removed")
    public Uni<VideoAsset> videoAsset(@Id @NonNull @Description("The video's id") UUID id) {
        return nodes.byId(VideoAsset.class, id);
    }

    @NonNull
    @Description("The request's videos; removed ones only where the filter is about deletedAt")
    public Uni<List<VideoAssetConnection>> videoAssets(
            @Source List<Request> of,
            @Description("Which") VideoAssetFilter filter,
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
