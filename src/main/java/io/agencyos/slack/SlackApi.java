package io.agencyos.slack;

import java.util.List;

import io.agencyos.db.Db;
import io.agencyos.db.Filter;
import io.agencyos.db.Page;
import io.agencyos.db.Sql;
import io.agencyos.graphql.Nodes;
import io.agencyos.realtime.Live;
import io.agencyos.realtime.Scope;
import io.smallrye.graphql.api.Subscription;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;

/** What GraphQL shows of Slack: messages, and whom they mention. */
@GraphQLApi
public class SlackApi {

    private final Nodes nodes;
    private final Db db;
    private final Live live;

    SlackApi(Nodes nodes, Db db, Live live) {
        this.nodes = nodes;
        this.db = db;
        this.live = live;
    }

    @Query
    @Description("One message")
    public Uni<SlackMessage> slackMessage(@NonNull @Description("The message's id, which is no UUID") String id) {
        return nodes.byId(SlackMessage.class, id);
    }

    @Query
    @NonNull
    @Description("Messages that mention the viewer; for administrators all")
    public Uni<SlackMessageConnection> slackMessages(
            @Description("Only those that fulfil this") SlackMessageFilter filter,
            @Description("In which order; the newest first unless given") List<SlackMessageOrder> orderBy,
            @Description("How many at most from the start, 0 to 100; 50 unless given") Integer first,
            @Description("Behind this cursor") String after,
            @Description("How many at most from the end, 0 to 100") Integer last,
            @Description("Before this cursor") String before) {
        return nodes.page(
                SlackMessage.class,
                Filter.where(filter),
                SlackMessageOrder.sorts(orderBy),
                new Page(first, after, last, before),
                SlackMessageConnection::new);
    }

    @Query
    @NonNull
    @Description("How many mentions of the viewer they have not read yet")
    public Uni<Integer> unreadMentionCount() {
        var count = Sql.of("select get_unread_mention_count(?)", Db.me());
        return db.read(reads -> reads.count(count));
    }

    @NonNull
    @Description("How many messages in all; counted only when asked for")
    public Uni<List<Integer>> totalCount(@Source List<SlackMessageConnection> of) {
        return nodes.counts(of);
    }

    @NonNull
    @Description("Whom the message mentions: the viewer, for administrators everybody who has a profile here")
    public Uni<List<SlackMentionConnection>> mentions(
            @Source List<SlackMessage> of,
            @Description("Only those that fulfil this") SlackMentionFilter filter,
            @Description("In which order; the oldest first unless given") List<SlackMentionOrder> orderBy,
            @Description("How many at most from the start, 0 to 100; 50 unless given") Integer first,
            @Description("Behind this cursor") String after,
            @Description("How many at most from the end, 0 to 100") Integer last,
            @Description("Before this cursor") String before) {
        return nodes.pages(
                Nodes.ids(of),
                "message_id = parent.id",
                SlackMention.class,
                Filter.where(filter),
                SlackMentionOrder.sorts(orderBy),
                new Page(first, after, last, before),
                SlackMentionConnection::new);
    }

    @NonNull
    @Name("totalCount")
    @Description("How many mentions in all; counted only when asked for")
    public Uni<List<Integer>> mentionCount(@Source List<SlackMentionConnection> of) {
        return nodes.counts(of);
    }

    @Description("The message")
    public Uni<List<SlackMessage>> message(@Source List<SlackMention> of) {
        return nodes.of(of, "messageId", SlackMessage.class);
    }

    @Subscription
    @NonNull
    @Description("Messages that mention the viewer and come, change or are removed; for administrators all")
    public Multi<SlackMessageChange> slackMessageChanged(
            @Description("Resume behind this cursor; unless given, from now on") String after) {
        return live.follow(SlackMessage.class, "slack_messages", Scope.NONE, null, after)
                .map(SlackMessageChange::new);
    }

    @Subscription
    @NonNull
    @Description("Mentions of the viewer that are made, changed or removed; for administrators all")
    public Multi<SlackMentionChange> slackMentionChanged(
            @Description("Resume behind this cursor; unless given, from now on") String after) {
        return live.follow(SlackMention.class, "user_mentions", Scope.NONE, null, after)
                .map(SlackMentionChange::new);
    }
}
