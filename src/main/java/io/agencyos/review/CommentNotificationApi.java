package io.agencyos.review;

import java.util.List;
import java.util.UUID;

import io.agencyos.db.Db;
import io.agencyos.db.Page;
import io.agencyos.db.Sort;
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

/** What GraphQL offers on notices: each person has their own. */
@GraphQLApi
public class CommentNotificationApi {

    private final Nodes nodes;
    private final CommentNotifications notifications;
    private final Live live;

    CommentNotificationApi(Nodes nodes, CommentNotifications notifications, Live live) {
        this.nodes = nodes;
        this.notifications = notifications;
        this.live = live;
    }

    @Query
    @NonNull
    @Description("What the viewer was told of, the newest first")
    public Uni<CommentNotificationConnection> notifications(
            @Description("Only what they have not read yet") Boolean unreadOnly,
            @Description("How many at most from the start, 0 to 100; 50 unless given") Integer first,
            @Description("Behind this cursor") String after,
            @Description("How many at most from the end, 0 to 100") Integer last,
            @Description("Before this cursor") String before) {
        return nodes.page(
                CommentNotification.class,
                notifications.mine(Boolean.TRUE.equals(unreadOnly)),
                List.of(new Sort("created_at", "timestamptz", true, false)),
                new Page(first, after, last, before),
                CommentNotificationConnection::new);
    }

    @Query
    @NonNull
    @Description("How many notices the viewer has not read yet")
    public Uni<Integer> unreadNotificationCount() {
        return notifications.unread();
    }

    @NonNull
    @Description("How many notices in all; counted only when asked for")
    public Uni<List<Integer>> totalCount(@Source List<CommentNotificationConnection> of) {
        return nodes.counts(of);
    }

    @Description("Who is told")
    public Uni<List<Profile>> user(@Source List<CommentNotification> of) {
        return nodes.of(of, "userId", Profile.class);
    }

    @Description("The comment that it is about, where it is about one")
    public Uni<List<TimecodeComment>> comment(@Source List<CommentNotification> of) {
        return nodes.of(of, "commentId", TimecodeComment.class);
    }

    @Description("The version whose approval it is about, where it is about one")
    public Uni<List<VideoVersion>> videoVersion(@Source List<CommentNotification> of) {
        return nodes.of(of, "videoVersionId", VideoVersion.class);
    }

    @Mutation
    @NonNull
    @Description("Says that the viewer has read these; what they had read before keeps its time")
    public Uni<List<@NonNull CommentNotification>> markNotificationsRead(
            @Id @NonNull @Description("Which: the viewer's own") List<@NonNull UUID> ids) {
        return notifications.markRead(ids);
    }

    @Subscription
    @NonNull
    @Description("Notices that come to the viewer, are read, or are withdrawn")
    public Multi<CommentNotificationChange> notificationReceived(
            @Description("Resume behind this cursor; unless given, from now on") String after) {
        return live.follow(
                        CommentNotification.class,
                        "comment_notifications",
                        Scope.of("recipients", Db.me()),
                        null,
                        after)
                .map(CommentNotificationChange::new);
    }
}
