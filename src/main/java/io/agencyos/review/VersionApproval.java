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
import io.agencyos.db.SameForStaff;
import io.agencyos.db.Versioned;
import io.agencyos.profiles.Profile;
import io.agencyos.videos.VideoVersion;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Ignore;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** What a reviewer thinks of one version. A new version starts without any. */
@Entity
@Table(name = "version_approvals")
@SameForStaff
@Type("VersionApproval")
@Description("What a reviewer thinks of one version")
public class VersionApproval extends Versioned {

    @Ignore
    @References(VideoVersion.class)
    @Column(name = "video_version_id", updatable = false)
    public UUID videoVersionId;

    @Ignore
    @References(Profile.class)
    @Column(name = "profile_id", updatable = false)
    public UUID profileId;

    @NonNull
    @Description("What they decided")
    @Convert(converter = DecisionColumn.class)
    public ApprovalDecision decision;

    @Description("Why, or what is to be changed")
    public String note;

    @NonNull
    @Description("When they decided so")
    @Column(name = "decided_at", insertable = false, updatable = false)
    public OffsetDateTime decidedAt;

    @Converter
    static class DecisionColumn extends LowerCase<ApprovalDecision> {
        DecisionColumn() {
            super(ApprovalDecision.class);
        }
    }
}
