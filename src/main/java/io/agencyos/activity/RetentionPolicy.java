package io.agencyos.activity;

import java.time.OffsetDateTime;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

import io.agencyos.db.Versioned;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.hibernate.annotations.DynamicUpdate;

/** For how long one kind of thing is kept. The two that are carried out come with the database. */
@Entity
@Table(name = "retention_policies")
@DynamicUpdate
@Type("RetentionPolicy")
@Description("For how long one kind of thing is kept; for administrators")
public class RetentionPolicy extends Versioned {

    @NonNull
    @Description("What is kept: activity_log or notification_queue")
    @Column(name = "entity_type", updatable = false)
    public String entityType;

    @NonNull
    @Description("Days until it goes to the archive; of the queue a part of its time, since it has no archive")
    @Column(name = "active_retention_days")
    public Integer activeRetentionDays;

    @NonNull
    @Description("Further days until it is gone for good")
    @Column(name = "archive_retention_days")
    public Integer archiveRetentionDays;

    @Description("When it was last archived")
    @Column(name = "last_archived_at", insertable = false, updatable = false)
    public OffsetDateTime lastArchivedAt;

    @Description("When the archive was last purged")
    @Column(name = "last_purged_at", insertable = false, updatable = false)
    public OffsetDateTime lastPurgedAt;

    @NonNull
    @Description("When it last changed")
    @Column(name = "updated_at", insertable = false, updatable = false)
    public OffsetDateTime updatedAt;
}
