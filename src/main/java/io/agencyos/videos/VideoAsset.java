package io.agencyos.videos;

import java.time.OffsetDateTime;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

import io.agencyos.db.References;
import io.agencyos.db.SameForStaff;
import io.agencyos.db.Versioned;
import io.agencyos.profiles.Profile;
import io.agencyos.requests.Request;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Ignore;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.hibernate.annotations.DynamicInsert;
import org.hibernate.annotations.DynamicUpdate;

/** A video, whichever version of it counts. */
@Entity
@Table(name = "video_assets")
@DynamicInsert
@DynamicUpdate
@SameForStaff
@Type("VideoAsset")
@Description("A video of a request")
public class VideoAsset extends Versioned {

    @NonNull
    @Description("Title")
    public String title;

    @Description("What it is about")
    public String description;

    @Ignore
    @References(Request.class)
    @Column(name = "project_id", updatable = false)
    public UUID projectId;

    @Ignore
    @References(VideoVersion.class)
    @Column(name = "current_version_id")
    public UUID currentVersionId;

    @NonNull
    @Description("When it last changed")
    @Column(name = "updated_at", insertable = false, updatable = false)
    public OffsetDateTime updatedAt;

    @Ignore
    @References(Profile.class)
    @Column(name = "created_by", updatable = false)
    public UUID createdBy;

    @Description("When it was removed; it is kept, and can be brought back")
    @Column(name = "deleted_at")
    public OffsetDateTime deletedAt;
}
