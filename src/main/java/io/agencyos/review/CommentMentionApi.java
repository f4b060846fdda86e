package io.agencyos.review;

import java.util.List;
import java.util.UUID;

import jakarta.validation.Valid;

import io.agencyos.assets.Asset;
import io.agencyos.assets.AssetConnection;
import io.agencyos.db.Page;
import io.agencyos.db.Sort;
import io.agencyos.db.Sql;
import io.agencyos.graphql.Nodes;
import io.agencyos.profiles.Profile;
import io.agencyos.videos.VideoVersion;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Source;

/** What GraphQL offers on whom and what a comment on a film brings in: mentions, files, reactions, and its copies. */
@GraphQLApi
public class CommentMentionApi {

    private static final List<Sort> OLDEST_FIRST = List.of(new Sort("created_at", "timestamptz", false, false));
    private static final String ATTACHED = "assets.id in (select as_uuid(x ->> 'asset_id') from timecode_comments c,"
            + " jsonb_array_elements(c.attachments) x where c.id = parent.id)";

    private final Nodes nodes;
    private final TimecodeComments comments;

    CommentMentionApi(Nodes nodes, TimecodeComments comments) {
        this.nodes = nodes;
        this.comments = comments;
    }

    @NonNull
    @Description("Whom it mentions, in the order in which they were mentioned")
    public Uni<List<CommentMentionConnection>> mentions(
            @Source List<TimecodeComment> of,
            @Description("How many at most from the start, 0 to 100; 50 unless given") Integer first,
            @Description("Behind this cursor") String after,
            @Description("How many at most from the end, 0 to 100") Integer last,
            @Description("Before this cursor") String before) {
        return nodes.pages(
                Nodes.ids(of),
                "comment_id = parent.id",
                CommentMention.class,
                Sql.of("true"),
                OLDEST_FIRST,
                new Page(first, after, last, before),
                CommentMentionConnection::new);
    }

    @NonNull
    @Description("How many mentions in all; counted only when asked for")
    public Uni<List<Integer>> totalCount(@Source List<CommentMentionConnection> of) {
        return nodes.counts(of);
    }

    @Description("The comment in which they are mentioned")
    public Uni<List<TimecodeComment>> comment(@Source List<CommentMention> of) {
        return nodes.of(of, "commentId", TimecodeComment.class);
    }

    @Description("Who is mentioned")
    public Uni<List<Profile>> mentionedUser(@Source List<CommentMention> of) {
        return nodes.of(of, "mentionedUserId", Profile.class);
    }

    @NonNull
    @Description("The assets that belong to it, the oldest first; one that was removed is not among them")
    public Uni<List<AssetConnection>> attachedAssets(
            @Source List<TimecodeComment> of,
            @Description("How many at most from the start, 0 to 100; 50 unless given") Integer first,
            @Description("Behind this cursor") String after,
            @Description("How many at most from the end, 0 to 100") Integer last,
            @Description("Before this cursor") String before) {
        return nodes.pages(
                Nodes.ids(of),
                ATTACHED,
                Asset.class,
                Sql.of("true"),
                OLDEST_FIRST,
                new Page(first, after, last, before),
                AssetConnection::new);
    }

    @Mutation
    @NonNull
    @Description("Reacts to a comment; the same reaction of a person counts once")
    public Uni<TimecodeComment> addReaction(
            @Id @NonNull @Description("To which comment") UUID commentId,
            @NonNull @Description("One emoji") String emoji) {
        return reacted(comments.react(commentId, emoji, true));
    }

    @Mutation
    @NonNull
    @Description("Takes one's reaction back")
    public Uni<TimecodeComment> removeReaction(
            @Id @NonNull @Description("To which comment") UUID commentId,
            @NonNull @Description("Which emoji") String emoji) {
        return reacted(comments.react(commentId, emoji, false));
    }

    private Uni<TimecodeComment> reacted(Uni<UUID> comment) {
        return comment.chain(id -> nodes.byId(TimecodeComment.class, id));
    }

    @Mutation
    @NonNull
    @Description("Carries comments over to another version of the same video: whole threads with drawings, files and"
            + " mentions, by their authors, to the frame at the same time or the last one. What was carried over before"
            + " is left alone, and nobody is told. Answers the version they went to")
    public Uni<VideoVersion> copyTimecodeComments(
            @Valid @NonNull @Description("Which comments, and where to") CopyTimecodeComments input) {
        return comments.copy(input).chain(id -> nodes.byId(VideoVersion.class, id));
    }
}
