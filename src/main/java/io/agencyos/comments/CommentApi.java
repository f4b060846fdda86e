package io.agencyos.comments;

import java.util.List;
import java.util.UUID;

import jakarta.validation.Valid;

import io.agencyos.assets.Asset;
import io.agencyos.db.Filter;
import io.agencyos.db.Page;
import io.agencyos.db.Versioned;
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

/** What GraphQL offers on comments, and the comments of a request. */
@GraphQLApi
public class CommentApi {

    private final Nodes nodes;
    private final Comments comments;
    private final Live live;

    CommentApi(Nodes nodes, Comments comments, Live live) {
        this.nodes = nodes;
        this.comments = comments;
        this.live = live;
    }

    @Query
    @Description("One comment")
    public Uni<Comment> comment(@Id @NonNull @Description("The comment's id") UUID id) {
        return nodes.byId(Comment.class, id);
    }

    @NonNull
    @Description("What was said about the request, replies included")
    public Uni<List<CommentConnection>> comments(
            @Source List<Request> of,
            @Description("Only those that fulfil this") CommentFilter filter,
            @Description("In which order; the oldest first unless given") List<CommentOrder> orderBy,
            @Description("How many at most from the start, 0 to 100; 50 unless given") Integer first,
            @Description("Behind this cursor") String after,
            @Description("How many at most from the end, 0 to 100") Integer last,
            @Description("Before this cursor") String before) {
        return pages(of, "request_id = parent.id", filter, orderBy, new Page(first, after, last, before));
    }

    @NonNull
    @Description("The replies to the comment")
    public Uni<List<CommentConnection>> replies(
            @Source List<Comment> of,
            @Description("Only those that fulfil this") CommentFilter filter,
            @Description("In which order; the oldest first unless given") List<CommentOrder> orderBy,
            @Description("How many at most from the start, 0 to 100; 50 unless given") Integer first,
            @Description("Behind this cursor") String after,
            @Description("How many at most from the end, 0 to 100") Integer last,
            @Description("Before this cursor") String before) {
        return pages(of, "parent_comment_id = parent.id", filter, orderBy, new Page(first, after, last, before));
    }

    private Uni<List<CommentConnection>> pages(
            List<? extends Versioned> of,
            String relation,
            CommentFilter filter,
            List<CommentOrder> orderBy,
            Page page) {
        var order = CommentOrder.sorts(orderBy);
        return nodes.pages(
                Nodes.ids(of), relation, Comment.class, Filter.where(filter), order, page, CommentConnection::new);
    }

    @NonNull
    @Description("How many comments in all; counted only when asked for")
    public Uni<List<Integer>> totalCount(@Source List<CommentConnection> of) {
        return nodes.counts(of);
    }

    @Description("The request it is about")
    public Uni<List<Request>> request(@Source List<Comment> of) {
        return nodes.of(of, "requestId", Request.class);
    }

    @Description("The asset it is about; none where it is about the request as a whole")
    public Uni<List<Asset>> asset(@Source List<Comment> of) {
        return nodes.of(of, "assetId", Asset.class);
    }

    @Description("Who said it")
    public Uni<List<Profile>> user(@Source List<Comment> of) {
        return nodes.of(of, "userId", Profile.class);
    }

    @Description("The comment it replies to")
    public Uni<List<Comment>> parentComment(@Source List<Comment> of) {
        return nodes.of(of, "parentCommentId", Comment.class);
    }

    @Mutation
    @NonNull
    @Description("Says something about a request in one's own name")
    public Uni<Comment> createComment(@Valid @NonNull @Description("The comment") NewComment input) {
        return comments.create(input);
    }

    @Mutation
    @NonNull
    @Description("Changes what one has said")
    public Uni<Comment> updateComment(
            @Id @NonNull @Description("The comment's id") UUID id,
            @Valid @NonNull @Description("What to change") EditComment input,
            @Description("Only if the comment is still in this version") Integer ifVersion) {
        return comments.update(id, Given.patch(input), ifVersion).chain(this::comment);
    }

    @Mutation
    @NonNull
    @Description("Settles a comment, or opens it again: its author, or whoever made or has to do the request")
    public Uni<Comment> resolveComment(
            @Id @NonNull @Description("The comment's id") UUID id,
            @NonNull @Description("Settled or open") Boolean resolved,
            @Description("Only if the comment is still in this version") Integer ifVersion) {
        return comments.resolve(id, resolved, ifVersion).chain(this::comment);
    }

    @Mutation
    @NonNull
    @Description("Removes a comment and the replies to it; answers its own fields as they were")
    public Uni<Comment> deleteComment(@Id @NonNull @Description("The comment's id") UUID id) {
        return comments.delete(id);
    }

    @Subscription
    @NonNull
    @Description("Comments that are made, changed, removed, or that come into or go out of the viewer's sight")
    public Multi<CommentChange> commentChanged(
            @Id @Description("Of this request only") UUID requestId,
            @Id @Description("On this asset only") UUID assetId,
            @Description("Resume behind this cursor; unless given, from now on") String after) {
        var scope = Scope.of("request_id", requestId).and(Scope.of("asset_id", assetId));
        return live.follow(Comment.class, "comments", scope, null, after).map(CommentChange::new);
    }
}
