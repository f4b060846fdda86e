package io.agencyos.review;

import java.util.List;
import java.util.UUID;

import jakarta.validation.Valid;

import io.agencyos.db.Db;
import io.agencyos.db.Page;
import io.agencyos.db.Sort;
import io.agencyos.db.Sql;
import io.agencyos.graphql.Nodes;
import io.agencyos.profiles.Profile;
import io.agencyos.realtime.Live;
import io.agencyos.realtime.Scope;
import io.agencyos.videos.VideoVersion;
import io.agencyos.videos.VideoVersionConnection;
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

/** What GraphQL offers on what reviewers decide on versions of a video. */
@GraphQLApi
public class ApprovalApi {

    private static final List<Sort> OLDEST_FIRST = List.of(new Sort("created_at", "timestamptz", false, false));

    private final Nodes nodes;
    private final Approvals approvals;
    private final Live live;

    ApprovalApi(Nodes nodes, Approvals approvals, Live live) {
        this.nodes = nodes;
        this.approvals = approvals;
        this.live = live;
    }

    @Query
    @NonNull
    @Description("Current versions that the viewer is asked to decide on and has not, the longest waiting first")
    public Uni<VideoVersionConnection> approvalsAwaitingMe(
            @Description("How many at most from the start, 0 to 100; 50 unless given") Integer first,
            @Description("Behind this cursor") String after,
            @Description("How many at most from the end, 0 to 100") Integer last,
            @Description("Before this cursor") String before) {
        return nodes.page(
                VideoVersion.class,
                Approvals.awaiting(Db.me()),
                OLDEST_FIRST,
                new Page(first, after, last, before),
                VideoVersionConnection::new);
    }

    @NonNull
    @Description("What its reviewers decided, the first decision first; a new version has none")
    public Uni<List<VersionApprovalConnection>> approvals(
            @Source List<VideoVersion> of,
            @Description("How many at most from the start, 0 to 100; 50 unless given") Integer first,
            @Description("Behind this cursor") String after,
            @Description("How many at most from the end, 0 to 100") Integer last,
            @Description("Before this cursor") String before) {
        return nodes.pages(
                Nodes.ids(of),
                "video_version_id = parent.id",
                VersionApproval.class,
                Sql.of("true"),
                List.of(new Sort("decided_at", "timestamptz", false, false)),
                new Page(first, after, last, before),
                VersionApprovalConnection::new);
    }

    @NonNull
    @Description("How many decisions in all; counted only when asked for")
    public Uni<List<Integer>> totalCount(@Source List<VersionApprovalConnection> of) {
        return nodes.counts(of);
    }

    @NonNull
    @Description("What its required reviewers make of it together")
    public Uni<List<ApprovalState>> approvalState(@Source List<VideoVersion> of) {
        return approvals.states(of);
    }

    @Description("The version it is about")
    public Uni<List<VideoVersion>> videoVersion(@Source List<VersionApproval> of) {
        return nodes.of(of, "videoVersionId", VideoVersion.class);
    }

    @Description("Who decided")
    public Uni<List<Profile>> profile(@Source List<VersionApproval> of) {
        return nodes.of(of, "profileId", Profile.class);
    }

    @Mutation
    @NonNull
    @Description("Approves a version or asks for changes, in the viewer's own name; again to change one's mind")
    public Uni<VersionApproval> decideApproval(@Valid @NonNull @Description("The decision") DecideApproval input) {
        return approvals.decide(input);
    }

    @Mutation
    @NonNull
    @Description("Takes the viewer's decision on a version back; answers the version")
    public Uni<VideoVersion> withdrawApproval(@Id @NonNull @Description("On which version") UUID videoVersionId) {
        return approvals.withdraw(videoVersionId).chain(id -> nodes.byId(VideoVersion.class, id));
    }

    @Subscription
    @NonNull
    @Description(
            "Decisions that are made, changed, withdrawn, or that come into or go out of the viewer's sight. Also told"
                    + " when a version's approvalState changes since somebody is required, or counts, from now on or no longer:"
                    + " as an UPDATE of approvalState, or a DELETE where nobody has decided")
    public Multi<VersionApprovalChange> approvalChanged(
            @Id @Description("On this version only") UUID videoVersionId,
            @Description("Resume behind this cursor; unless given, from now on") String after) {
        return live.follow(
                        VersionApproval.class, "version_approvals", Scope.of("scope_id", videoVersionId), null, after)
                .map(VersionApprovalChange::new);
    }
}
