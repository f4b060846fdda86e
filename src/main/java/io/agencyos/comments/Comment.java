package io.agencyos.comments;

import java.time.OffsetDateTime;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

import io.agencyos.assets.Asset;
import io.agencyos.db.References;
import io.agencyos.db.SameForStaff;
import io.agencyos.db.SetByTrigger;
import io.agencyos.db.Versioned;
import io.agencyos.profiles.Profile;
import io.agencyos.requests.Request;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Ignore;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.hibernate.annotations.DynamicInsert;
import org.hibernate.annotations.DynamicUpdate;

/** Something said about a request, or about one of its assets, or in reply. */
@Entity
@Table(name = "comments")
@DynamicInsert
@DynamicUpdate
@SameForStaff
@Type("Comment")
@Description("Something said about a request or one of its assets")
public class Comment extends Versioned {

    @Ignore
    @References(Request.class)
    @Column(name = "request_id", updatable = false)
    public UUID requestId;

    @Ignore
    @References(Asset.class)
    @Column(name = "asset_id", updatable = false)
    public UUID assetId;

    @Ignore
    @References(Profile.class)
    @Column(name = "user_id", updatable = false)
    public UUID userId;

    @NonNull
    @Description("The text")
    public String content;

    @Ignore
    @References(Comment.class)
    @Column(name = "parent_comment_id", updatable = false)
    public UUID parentCommentId;

    @NonNull
    @Description("When it last changed")
    @Column(name = "updated_at", insertable = false, updatable = false)
    public OffsetDateTime updatedAt;

    @Description("Where on the picture, from the left")
    @Column(name = "position_x")
    public Double positionX;

    @Description("Where on the picture, from the top")
    @Column(name = "position_y")
    public Double positionY;

    @NonNull
    @Description("Whether it is settled")
    @Column(name = "is_resolved", insertable = false)
    public Boolean isResolved;

    @NonNull
    @Description("Whether only staff may see it")
    @SetByTrigger
    @Column(name = "is_internal", updatable = false)
    public Boolean isInternal;
}
