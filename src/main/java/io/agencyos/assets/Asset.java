package io.agencyos.assets;

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
import io.agencyos.db.Versioned;
import io.agencyos.profiles.Profile;
import io.agencyos.requests.Request;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Ignore;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.DynamicInsert;
import org.hibernate.annotations.DynamicUpdate;

/** One version of a file that belongs to a request. */
@Entity
@Table(name = "assets")
@DynamicInsert
@DynamicUpdate
@SameForStaff
@Type("Asset")
@Description("One version of a file that belongs to a request")
public class Asset extends Versioned {

    @Ignore
    @References(Request.class)
    @Column(name = "request_id", updatable = false)
    public UUID requestId;

    @NonNull
    @Description("Name")
    public String name;

    @Description("What kind of file it is")
    @Column(name = "file_type")
    @Convert(converter = FileTypeColumn.class)
    public AssetFileType fileType;

    @Feeds({"downloadUrl", "fileUrl"})
    @Description("What the file was called where it came from")
    @Column(name = "original_filename")
    public String originalFilename;

    @Feeds({"downloadUrl", "fileUrl"})
    @Description("Where the file lies in the storage; a place, not an address that could be opened")
    @Column(name = "storage_path")
    public String storagePath;

    /** A place in our storage, or an address elsewhere. */
    @Ignore
    @Column(name = "preview_url")
    public String previewUrl;

    /** A place in our storage, or an address elsewhere. */
    @Ignore
    @Column(name = "thumbnail_url")
    public String thumbnailUrl;

    @Description("Where it can be embedded from, Figma for one")
    @Column(name = "embed_url")
    public String embedUrl;

    @Feeds({"downloadUrl", "fileUrl", "width", "height"})
    @Description("What is known of the file: dimensions, duration and the like")
    @Convert(converter = JsonColumn.class)
    @ColumnTransformer(read = "metadata::text", write = "?::text::jsonb")
    public JsonValue metadata;

    @NonNull
    @Description("Counts the versions of the file, from 1")
    @Column(name = "version_number", insertable = false, updatable = false)
    public Integer versionNumber;

    @NonNull
    @Description("Whether it is the version that counts; exactly one of a file's is")
    @Column(name = "is_current_version", insertable = false, updatable = false)
    public Boolean isCurrentVersion;

    @Ignore
    @References(Asset.class)
    @Column(name = "parent_asset_id", updatable = false)
    public UUID parentAssetId;

    @Description("What is new in this version")
    @Column(name = "version_notes")
    public String versionNotes;

    @Description("How the version came about")
    @Column(name = "version_type")
    @Convert(converter = VersionTypeColumn.class)
    public AssetVersionType versionType;

    @Ignore
    @References(Profile.class)
    @Column(name = "created_by", updatable = false)
    public UUID createdBy;

    /** The first version names the family. */
    UUID root() {
        return parentAssetId == null ? id : parentAssetId;
    }

    @Converter
    static class FileTypeColumn extends LowerCase<AssetFileType> {
        FileTypeColumn() {
            super(AssetFileType.class);
        }
    }

    @Converter
    static class VersionTypeColumn extends LowerCase<AssetVersionType> {
        VersionTypeColumn() {
            super(AssetVersionType.class);
        }
    }
}
