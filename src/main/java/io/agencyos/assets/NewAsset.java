package io.agencyos.assets;

import java.util.UUID;

import jakarta.json.JsonValue;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import io.agencyos.db.SomeText;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

@Input("CreateAssetInput")
@Description("Something that lives elsewhere and is embedded, Figma for one; files go in by startUpload")
public record NewAsset(
        @Id @Description("A key made by the caller, so that a repeated call makes nothing twice")
        UUID id,

        @Id @NonNull @Description("The request it belongs to")
        UUID requestId,

        @NonNull @SomeText @Size(max = 255) @Description("Name")
        String name,

        @Description("What kind of file it is; FIGMA unless given")
        AssetFileType fileType,

        @NonNull
        @Size(max = 255)
        @Pattern(regexp = EMBED, message = "must be an address that begins with https://")
        @Description("Where it can be embedded from; https only")
        String embedUrl,

        @Id @Description("The asset of which it is a new version")
        UUID parentAssetId,

        @Size(max = 20_000) @Description("What is new in this version")
        String versionNotes,

        @Description("What is known of it") JsonValue metadata) {

    /** An address on a host with a name, with nobody's password in it. */
    static final String EMBED = "https://[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+(:\\d{1,5})?([/?#][^\\s\\p{Cntrl}\"<>\\\\]*)?";

    Asset toAsset(UUID author) {
        var asset = new Asset();
        asset.id = id == null ? UUID.randomUUID() : id;
        asset.requestId = requestId;
        asset.name = name;
        asset.fileType = fileType == null ? AssetFileType.FIGMA : fileType;
        asset.embedUrl = embedUrl;
        asset.parentAssetId = parentAssetId;
        asset.versionNotes = versionNotes;
        asset.versionType = AssetVersionType.MANUAL;
        asset.metadata = metadata == null ? JsonValue.EMPTY_JSON_OBJECT : metadata;
        asset.createdBy = author;
        return asset;
    }
}
