package io.agencyos.review;

import java.time.OffsetDateTime;
import java.util.UUID;

import jakarta.json.JsonValue;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

import io.agencyos.db.Feeds;
import io.agencyos.db.JsonColumn;
import io.agencyos.db.LowerCase;
import io.agencyos.db.References;
import io.agencyos.db.SameForStaff;
import io.agencyos.db.SetByTrigger;
import io.agencyos.db.Versioned;
import io.agencyos.profiles.Profile;
import io.agencyos.videos.VideoVersion;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Ignore;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.DynamicInsert;
import org.hibernate.annotations.DynamicUpdate;

/** Something said about a place in one version of a film, or in reply. */
@Entity
@Table(name = "timecode_comments")
@DynamicInsert
@DynamicUpdate
@SameForStaff
@Feeds({"replies", "mentions"})
@Type("TimecodeComment")
@Description("Something said about a place in a film")
public class TimecodeComment extends Versioned {

    @Ignore
    @References(VideoVersion.class)
    @Feeds({"timecode", "endTimecode", "stillUrl"})
    @Column(name = "video_version_id", updatable = false)
    public UUID videoVersionId;

    @NonNull
    @Description("The place, in seconds from the start; where the frame rate is known, that of the frame")
    @SetByTrigger
    @Column(name = "timecode_seconds")
    public Double timecodeSeconds;

    @NonNull
    @Description("The text")
    public String content;

    @Ignore
    @References(Profile.class)
    @Column(name = "author_id", updatable = false)
    public UUID authorId;

    @Description("The name that its author had at the time")
    @Column(name = "author_name", insertable = false, updatable = false)
    public String authorName;

    @Description("The picture that its author had at the time")
    @Column(name = "author_avatar_url", insertable = false, updatable = false)
    public String authorAvatarUrl;

    @Ignore
    @References(TimecodeComment.class)
    @Column(name = "parent_comment_id", updatable = false)
    public UUID parentCommentId;

    @Ignore
    @References(TimecodeComment.class)
    @Column(name = "thread_root_id", insertable = false, updatable = false)
    public UUID threadRootId;

    @NonNull
    @Description("Where it stands")
    @Convert(converter = StatusColumn.class)
    @Column(insertable = false)
    public TimecodeCommentStatus status;

    @Description("When it was settled")
    @Column(name = "resolved_at", insertable = false, updatable = false)
    public OffsetDateTime resolvedAt;

    @Ignore
    @References(Profile.class)
    @Column(name = "resolved_by", insertable = false, updatable = false)
    public UUID resolvedBy;

    @Description("Reactions: a list of emoji, user_id, created_at")
    @Convert(converter = JsonColumn.class)
    @ColumnTransformer(read = "reactions::text", write = "?::text::jsonb")
    @Column(insertable = false, updatable = false)
    public JsonValue reactions;

    @NonNull
    @Description("When it last changed")
    @Column(name = "updated_at", insertable = false, updatable = false)
    public OffsetDateTime updatedAt;

    @Description("When its text, its drawing or its files last changed")
    @Column(name = "edited_at", insertable = false, updatable = false)
    public OffsetDateTime editedAt;

    @NonNull
    @Description("Whether only staff may see it")
    @Feeds("stillUrl")
    @SetByTrigger
    @Column(name = "is_internal", updatable = false)
    public Boolean isInternal;

    @Description("Files that belong to it: a list of objects with an asset_id; older ones say what they say")
    @Convert(converter = JsonColumn.class)
    @ColumnTransformer(read = "attachments::text", write = "?::text::jsonb")
    public JsonValue attachments;

    @Description("The exact place: the frame, from 0; none while the frame rate is not known")
    @Feeds({"timecode", "stillUrl"})
    @SetByTrigger
    public Integer frame;

    @Description("The last frame, where it is about more than one")
    @SetByTrigger
    @Feeds("endTimecode")
    @Column(name = "end_frame")
    public Integer endFrame;

    @Description("Where its last frame begins, in seconds from the start, where it is about more than one moment")
    @SetByTrigger
    @Column(name = "end_timecode_seconds")
    public Double endTimecodeSeconds;

    @Description("Shapes drawn on the frame, see docs/drawings.md")
    @Feeds("stillUrl")
    @Convert(converter = JsonColumn.class)
    @ColumnTransformer(read = "drawing::text", write = "?::text::jsonb")
    public JsonValue drawing;

    @Ignore
    @References(TimecodeComment.class)
    @Column(name = "copied_from_id", insertable = false, updatable = false)
    public UUID copiedFromId;

    @Converter
    static class StatusColumn extends LowerCase<TimecodeCommentStatus> {
        StatusColumn() {
            super(TimecodeCommentStatus.class);
        }
    }
}
