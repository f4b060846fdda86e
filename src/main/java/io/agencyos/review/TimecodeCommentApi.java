package io.agencyos.review;

import java.util.List;
import java.util.UUID;

import jakarta.validation.Valid;

import io.agencyos.db.Filter;
import io.agencyos.db.Page;
import io.agencyos.db.Sort;
import io.agencyos.db.Sql;
import io.agencyos.db.Versioned;
import io.agencyos.graphql.Given;
import io.agencyos.graphql.Nodes;
import io.agencyos.profiles.Profile;
import io.agencyos.realtime.Live;
import io.agencyos.realtime.Scope;
import io.agencyos.videos.VideoVersion;
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

/** What GraphQL offers on comments on films, and the comments on a version. */
@GraphQLApi
public class TimecodeCommentApi {

    private final Nodes nodes;
    private final TimecodeComments comments;
    private final Live live;

    TimecodeCommentApi(Nodes nodes, TimecodeComments comments, Live live) {
        this.nodes = nodes;
        this.comments = comments;
        this.live = live;
    }

    @Query
    @Description("One comment on a film")
    public Uni<TimecodeComment> timecodeComment(@Id @NonNull @Description("The comment's id") UUID id) {
        return nodes.byId(TimecodeComment.class, id);
    }

    @NonNull
    @Description("What was said about the version, replies included")
    public Uni<List<TimecodeCommentConnection>> timecodeComments(
            @Source List<VideoVersion> of,
            @Description("Only the heads of threads") Boolean rootsOnly,
            @Description("Only those that fulfil this") TimecodeCommentFilter filter,
            @Description("In which order; as the film runs unless given") List<TimecodeCommentOrder> orderBy,
            @Description("How many at most from the start, 0 to 100; 50 unless given") Integer first,
            @Description("Behind this cursor") String after,
            @Description("How many at most from the end, 0 to 100") Integer last,
            @Description("Before this cursor") String before) {
        var heads = Boolean.TRUE.equals(rootsOnly) ? " and parent_comment_id is null" : "";
        var where = Filter.where(filter).add(heads);
        return pages(
                of,
                "video_version_id = parent.id",
                where,
                TimecodeCommentOrder.sorts(orderBy),
                new Page(first, after, last, before));
    }

    @NonNull
    @Description("The replies to the comment")
    public Uni<List<TimecodeCommentConnection>> replies(
            @Source List<TimecodeComment> of,
            @Description("Only those that fulfil this") TimecodeCommentFilter filter,
            @Description("In which order; the oldest first unless given") List<TimecodeCommentOrder> orderBy,
            @Description("How many at most from the start, 0 to 100; 50 unless given") Integer first,
            @Description("Behind this cursor") String after,
            @Description("How many at most from the end, 0 to 100") Integer last,
            @Description("Before this cursor") String before) {
        return pages(
                of,
                "parent_comment_id = parent.id",
                Filter.where(filter),
                TimecodeCommentOrder.replies(orderBy),
                new Page(first, after, last, before));
    }

    private Uni<List<TimecodeCommentConnection>> pages(
            List<? extends Versioned> of, String relation, Sql where, List<Sort> order, Page page) {
        return nodes.pages(
                Nodes.ids(of), relation, TimecodeComment.class, where, order, page, TimecodeCommentConnection::new);
    }

    @NonNull
    @Description("How many comments in all; counted only when asked for")
    public Uni<List<Integer>> totalCount(@Source List<TimecodeCommentConnection> of) {
        return nodes.counts(of);
    }

    @Description("The version it is about")
    public Uni<List<VideoVersion>> videoVersion(@Source List<TimecodeComment> of) {
        return nodes.of(of, "videoVersionId", VideoVersion.class);
    }

    @Description("Who said it")
    public Uni<List<Profile>> author(@Source List<TimecodeComment> of) {
        return nodes.of(of, "authorId", Profile.class);
    }

    @Description("The comment it replies to")
    public Uni<List<TimecodeComment>> parentComment(@Source List<TimecodeComment> of) {
        return nodes.of(of, "parentCommentId", TimecodeComment.class);
    }

    @Description("The comment that its thread begins with; none on that one itself")
    public Uni<List<TimecodeComment>> threadRoot(@Source List<TimecodeComment> of) {
        return nodes.of(of, "threadRootId", TimecodeComment.class);
    }

    @Description("The comment on an earlier version that it was carried over from")
    public Uni<List<TimecodeComment>> copiedFrom(@Source List<TimecodeComment> of) {
        return nodes.of(of, "copiedFromId", TimecodeComment.class);
    }

    @Description("Who settled it")
    public Uni<List<Profile>> resolvedBy(@Source List<TimecodeComment> of) {
        return nodes.of(of, "resolvedBy", Profile.class);
    }

    @Mutation
    @NonNull
    @Description("Says something about a place in a film in one's own name")
    public Uni<TimecodeComment> createTimecodeComment(
            @Valid @NonNull @Description("The comment") NewTimecodeComment input) {
        return comments.create(input);
    }

    @Mutation
    @NonNull
    @Description("Changes what one has said, or where")
    public Uni<TimecodeComment> updateTimecodeComment(
            @Id @NonNull @Description("The comment's id") UUID id,
            @Valid @NonNull @Description("What to change") EditTimecodeComment input,
            @Description("Only if the comment is still in this version") Integer ifVersion) {
        return comments.update(id, Given.patch(input), ifVersion).chain(this::timecodeComment);
    }

    @Mutation
    @NonNull
    @Description("Settles a comment, or opens it again: its author, whoever made or has to do the request, or whoever"
            + " uploaded the version")
    public Uni<TimecodeComment> resolveTimecodeComment(
            @Id @NonNull @Description("The comment's id") UUID id,
            @NonNull @Description("Settled or open") Boolean resolved,
            @Description("Only if the comment is still in this version") Integer ifVersion) {
        return comments.resolve(id, resolved, ifVersion).chain(this::timecodeComment);
    }

    @Mutation
    @NonNull
    @Description("Removes a comment; where there are replies, its place is kept and its status is DELETED. Answers its"
            + " own fields as they were")
    public Uni<TimecodeComment> deleteTimecodeComment(@Id @NonNull @Description("The comment's id") UUID id) {
        return comments.delete(id);
    }

    @Subscription
    @NonNull
    @Description("Comments on films that are made, changed, removed, or that come into or go out of the viewer's sight")
    public Multi<TimecodeCommentChange> timecodeCommentChanged(
            @Id @Description("On this version only") UUID videoVersionId,
            @Description("Resume behind this cursor; unless given, from now on") String after) {
        return live.follow(
                        TimecodeComment.class, "timecode_comments", Scope.of("scope_id", videoVersionId), null, after)
                .map(TimecodeCommentChange::new);
    }
}
