package io.agencyos.slack;

import java.time.OffsetDateTime;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

import io.agencyos.db.References;
import io.agencyos.db.Versioned;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Ignore;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.hibernate.annotations.DynamicInsert;
import org.hibernate.annotations.DynamicUpdate;

/** That a message in Slack mentions somebody, and whether they have read it. */
@Entity
@Table(name = "user_mentions")
@DynamicInsert
@DynamicUpdate
@Type("SlackMention")
@Description("That a message in Slack mentions somebody")
public class SlackMention extends Versioned {

    @Ignore
    @References(SlackMessage.class)
    @Column(name = "message_id", updatable = false)
    public String messageId;

    @NonNull
    @Description("The id that whoever is mentioned has in Slack")
    @Column(name = "user_slack_id", updatable = false)
    public String userSlackId;

    @NonNull
    @Description("Whether they have read it")
    @Column(name = "is_read")
    public Boolean isRead;

    @Description("When they have read it")
    @Column(name = "read_at", insertable = false, updatable = false)
    public OffsetDateTime readAt;
}
