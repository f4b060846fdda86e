package io.agencyos.assets;

import java.time.OffsetDateTime;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

import io.agencyos.db.Feeds;
import io.agencyos.db.LowerCase;
import io.agencyos.db.References;
import io.agencyos.db.SetByTrigger;
import io.agencyos.db.Versioned;
import io.agencyos.requests.Request;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Ignore;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.hibernate.annotations.DynamicInsert;
import org.hibernate.annotations.DynamicUpdate;

/** A file on its way into the storage, part by part. */
@Entity
@Table(name = "uploads")
@DynamicInsert
@DynamicUpdate
@Type("Upload")
@Description("A file on its way in, part by part; its author sees it")
public class Upload extends Versioned {

    @Ignore
    @SetByTrigger
    @References(Request.class)
    @Column(name = "request_id", updatable = false)
    public UUID requestId;

    /** The asset of which it is to be a version, or null. */
    @Ignore
    @Column(name = "version_of_id", updatable = false)
    public UUID versionOfId;

    /** The video of which it is to be a version, or null. */
    @Ignore
    @Column(name = "video_asset_id", updatable = false)
    public UUID videoAssetId;

    @Description("What the asset is to be called")
    @Column(updatable = false)
    public String name;

    @Description("What is new in this version")
    @Column(updatable = false)
    public String notes;

    @Description("What the version of a video is to be called")
    @Column(updatable = false)
    public String label;

    @NonNull
    @Description("What the file is called where it comes from")
    @Column(updatable = false)
    public String filename;

    @NonNull
    @Feeds({"parts", "partCount"})
    @Description("How large the file is, in bytes")
    @Column(name = "size_bytes", updatable = false)
    public Long sizeBytes;

    @NonNull
    @Description("What the file is said to be, a media type")
    @Column(name = "content_type", updatable = false)
    public String contentType;

    @Description("SHA-256 of the file in lower case hex, where it was given")
    public String sha256;

    @NonNull
    @Feeds({"parts", "partCount"})
    @Description("How many bytes each part has, but for the last one")
    @Column(name = "part_size", updatable = false)
    public Long partSize;

    /** Where the file lies in the storage. */
    @Ignore
    @Feeds("parts")
    @SetByTrigger
    @Column(name = "storage_key", insertable = false, updatable = false)
    public String storageKey;

    /** The storage's own id of the upload, or null while it has not begun it. */
    @Ignore
    @Feeds("parts")
    @Column(name = "storage_upload", insertable = false)
    public String storageUpload;

    @NonNull
    @Feeds("parts")
    @Description("How far it is")
    @Column(insertable = false)
    @Convert(converter = StateColumn.class)
    public UploadState state;

    @Description("Why it failed")
    @Column(insertable = false)
    public String failure;

    /** The asset that it became, or null. */
    @Ignore
    @References(Asset.class)
    @Column(name = "asset_id", insertable = false)
    public UUID assetId;

    /** The version of a video that it became, or null. */
    @Ignore
    @Column(name = "video_version_id", insertable = false)
    public UUID videoVersionId;

    @Ignore
    @Column(insertable = false)
    public String picture;

    @Ignore
    @Column(name = "created_by", updatable = false)
    public UUID createdBy;

    @NonNull
    @Description("Until when its parts may come")
    @SetByTrigger
    @Column(name = "expires_at", updatable = false)
    public OffsetDateTime expiresAt;

    @Description("When it was completed")
    @Column(name = "completed_at", insertable = false)
    public OffsetDateTime completedAt;

    /** How many parts there are. */
    int parts() {
        return (int) ((sizeBytes + partSize - 1) / partSize);
    }

    /** How many bytes a part has; {@code number} is from 1. */
    long sizeOf(int number) {
        return number < parts() ? partSize : sizeBytes - (parts() - 1) * partSize;
    }

    @Converter
    static class StateColumn extends LowerCase<UploadState> {
        StateColumn() {
            super(UploadState.class);
        }
    }
}
