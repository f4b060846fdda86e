package io.agencyos.review;

import java.util.List;
import java.util.UUID;

import jakarta.validation.Valid;

import io.agencyos.db.Page;
import io.agencyos.db.Sort;
import io.agencyos.db.Sql;
import io.agencyos.graphql.Nodes;
import io.agencyos.profiles.Profile;
import io.agencyos.videos.VideoAsset;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Source;

/** What GraphQL offers on those who are asked what they think of a video. */
@GraphQLApi
public class VideoReviewerApi {

    private static final List<Sort> OLDEST_FIRST = List.of(new Sort("created_at", "timestamptz", false, false));

    private final Nodes nodes;
    private final Approvals approvals;

    VideoReviewerApi(Nodes nodes, Approvals approvals) {
        this.nodes = nodes;
        this.approvals = approvals;
    }

    @NonNull
    @Description("Who is asked what they think of its versions, in the order in which they were added")
    public Uni<List<VideoReviewerConnection>> reviewers(
            @Source List<VideoAsset> of,
            @Description("How many at most from the start, 0 to 100; 50 unless given") Integer first,
            @Description("Behind this cursor") String after,
            @Description("How many at most from the end, 0 to 100") Integer last,
            @Description("Before this cursor") String before) {
        return nodes.pages(
                Nodes.ids(of),
                "video_asset_id = parent.id",
                VideoReviewer.class,
                Sql.of("true"),
                OLDEST_FIRST,
                new Page(first, after, last, before),
                VideoReviewerConnection::new);
    }

    @NonNull
    @Description("How many reviewers in all; counted only when asked for")
    public Uni<List<Integer>> totalCount(@Source List<VideoReviewerConnection> of) {
        return nodes.counts(of);
    }

    @Description("Which video they review")
    public Uni<List<VideoAsset>> videoAsset(@Source List<VideoReviewer> of) {
        return nodes.of(of, "videoAssetId", VideoAsset.class);
    }

    @Description("Who it is")
    public Uni<List<Profile>> profile(@Source List<VideoReviewer> of) {
        return nodes.of(of, "profileId", Profile.class);
    }

    @Description("Who chose them")
    public Uni<List<Profile>> addedBy(@Source List<VideoReviewer> of) {
        return nodes.of(of, "addedBy", Profile.class);
    }

    @Mutation
    @NonNull
    @Description("Asks somebody what they think of each version of a video, or changes whether they are required")
    public Uni<VideoReviewer> addVideoReviewer(
            @Valid @NonNull @Description("Who, and on which video") AddVideoReviewer input) {
        return approvals.addReviewer(input);
    }

    @Mutation
    @NonNull
    @Description("Asks somebody no more; what they decided stays and does not count")
    public Uni<VideoAsset> removeVideoReviewer(
            @Id @NonNull @Description("On which video") UUID videoAssetId,
            @Id @NonNull @Description("Who") UUID profileId) {
        return approvals.removeReviewer(videoAssetId, profileId).chain(x -> nodes.byId(VideoAsset.class, videoAssetId));
    }
}
