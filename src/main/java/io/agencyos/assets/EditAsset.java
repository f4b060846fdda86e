package io.agencyos.assets;

import jakarta.json.JsonValue;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import io.agencyos.db.SomeText;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("UpdateAssetInput")
@Description(
        "What to change of an asset; what is absent stays, what is null is removed. Another file is another version:"
                + " startUpload with the asset's id")
public record EditAsset(
        @SomeText @Size(max = 255) @Description("Name") String name,

        @Description("What kind of file it is") AssetFileType fileType,

        @Size(max = 255)
        @Pattern(regexp = NewAsset.EMBED, message = "must be an address that begins with https://")
        @Description("Where it can be embedded from; https only")
        String embedUrl,

        @Size(max = 20_000) @Description("What is new in this version")
        String versionNotes,

        @Description("How the version came about") AssetVersionType versionType,
        @Description("What is known of it") JsonValue metadata) {}
