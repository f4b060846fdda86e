package io.agencyos.review;

import java.time.OffsetDateTime;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

import io.agencyos.db.LowerCase;
import io.agencyos.db.References;
import io.agencyos.db.Versioned;
import io.agencyos.profiles.Profile;
import io.agencyos.videos.VideoVersion;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Ignore;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.hibernate.annotations.DynamicInsert;
import org.hibernate.annotations.DynamicUpdate;

/** Word of a comment, or of the approval of a version, for somebody whom it concerns. */
@Entity
@Table(name = "comment_notifications")
@DynamicInsert
@DynamicUpdate
@Type("CommentNotification")
@Description("Word of a comment, or of the approval of a version, for somebody whom it concerns")
public class CommentNotification extends Versioned {

    @Ignore
    @References(Profile.class)
    @Column(name = "user_id", updatable = false)
    public UUID userId;

    @Ignore
    @References(TimecodeComment.class)
    @Column(name = "comment_id", updatable = false)
    public UUID commentId;

    @Ignore
    @References(VideoVersion.class)
    @Column(name = "video_version_id", updatable = false)
    public UUID videoVersionId;

    @NonNull
    @Description("Why they are told")
    @Convert(converter = TypeColumn.class)
    @Column(name = "notification_type", updatable = false)
    public CommentNotificationType notificationType;

    @Description("When they have read it")
    @Column(name = "read_at")
    public OffsetDateTime readAt;

    @Converter
    static class TypeColumn extends LowerCase<CommentNotificationType> {
        TypeColumn() {
            super(CommentNotificationType.class);
        }
    }
}
