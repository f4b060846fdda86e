package io.agencyos.slack;

import java.time.OffsetDateTime;

import jakarta.json.JsonValue;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import io.agencyos.db.JsonColumn;
import io.agencyos.db.Keyed;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.DynamicInsert;
import org.hibernate.annotations.DynamicUpdate;

/** A message in Slack. Whom it mentions are rows of their own. */
@Entity
@Table(name = "slack_messages")
@DynamicInsert
@DynamicUpdate
@Type("SlackMessage")
@Description("A message in Slack that mentions somebody")
public class SlackMessage extends Keyed {

    @Id
    @NonNull
    @Description("The key: the channel's id, a colon and ts; no UUID")
    public String id;

    @NonNull
    @Description("The id that the channel has in Slack")
    @Column(name = "channel_id")
    public String channelId;

    @Description("What the channel is called")
    @Column(name = "channel_name")
    public String channelName;

    @Description("The id that its author has in Slack")
    @Column(name = "user_id")
    public String userId;

    @Description("What its author is called in Slack")
    @Column(name = "user_name")
    public String userName;

    @Description("The text, in the markup of Slack")
    public String text;

    @Description("When it was written")
    public OffsetDateTime timestamp;

    @Description("Where it can be read in Slack")
    public String permalink;

    @Description("The ts of the message that its thread begins with")
    @Column(name = "thread_ts")
    public String threadTs;

    @NonNull
    @Description("Whether it replies to another one")
    @Column(name = "is_thread_reply")
    public Boolean isThreadReply;

    @Description("The id of the message it replies to")
    @Column(name = "parent_message_id")
    public String parentMessageId;

    @Description("Reactions as Slack has them")
    @Convert(converter = JsonColumn.class)
    @ColumnTransformer(read = "reactions::text", write = "?::text::jsonb")
    public JsonValue reactions;

    @NonNull
    @Description("When it last changed here")
    @Column(name = "updated_at", insertable = false, updatable = false)
    public OffsetDateTime updatedAt;

    @Description("Its key within the channel in Slack")
    public String ts;

    @Description("The id that the workspace has in Slack")
    @Column(name = "team_id")
    public String teamId;

    @Override
    public String key() {
        return id;
    }
}
