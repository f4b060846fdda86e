package io.agencyos.profiles;

import java.time.OffsetDateTime;

import jakarta.json.JsonValue;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

import io.agencyos.db.JsonColumn;
import io.agencyos.db.LowerCase;
import io.agencyos.db.SameForStaff;
import io.agencyos.db.Versioned;
import io.agencyos.security.Role;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.DynamicUpdate;

/** A person. Secrets (the Slack token) are never mapped here, so no query can return them. */
@Entity
@Table(name = "profiles")
@DynamicUpdate
@SameForStaff
@Type("Profile")
@Description("A person: agency staff or a client's")
public class Profile extends Versioned {

    @Description("First name")
    @Column(name = "first_name")
    public String firstName;

    @Description("Last name")
    @Column(name = "last_name")
    public String lastName;

    @Description("Address of a picture")
    @Column(name = "avatar_url")
    public String avatarUrl;

    @NonNull
    @Description("What the person may do in general")
    @Convert(converter = RoleColumn.class)
    @Column(insertable = false, updatable = false)
    public Role role;

    @Description("The person's id in Slack")
    @Column(name = "slack_id")
    public String slackId;

    @Description("What the person wants to hear of in Slack")
    @Column(name = "slack_notification_preferences")
    @Convert(converter = JsonColumn.class)
    @ColumnTransformer(read = "slack_notification_preferences::text", write = "?::text::jsonb")
    public JsonValue slackNotificationPreferences;

    @NonNull
    @Description("When it last changed")
    @Column(name = "updated_at", insertable = false, updatable = false)
    public OffsetDateTime updatedAt;

    @Converter
    static class RoleColumn extends LowerCase<Role> {
        RoleColumn() {
            super(Role.class);
        }
    }
}
