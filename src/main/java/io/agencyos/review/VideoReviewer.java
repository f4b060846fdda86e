package io.agencyos.review;

import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

import io.agencyos.db.References;
import io.agencyos.db.SameForStaff;
import io.agencyos.db.Versioned;
import io.agencyos.profiles.Profile;
import io.agencyos.videos.VideoAsset;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Ignore;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** Somebody who is asked what they think of each version of a video. */
@Entity
@Table(name = "video_reviewers")
@SameForStaff
@Type("VideoReviewer")
@Description("Somebody who is asked what they think of each version of a video")
public class VideoReviewer extends Versioned {

    @Ignore
    @References(VideoAsset.class)
    @Column(name = "video_asset_id", updatable = false)
    public UUID videoAssetId;

    @Ignore
    @References(Profile.class)
    @Column(name = "profile_id", updatable = false)
    public UUID profileId;

    @NonNull
    @Description("Whether a version is approved only when they approve it")
    public Boolean required;

    @Ignore
    @References(Profile.class)
    @Column(name = "added_by", insertable = false, updatable = false)
    public UUID addedBy;
}
