package io.agencyos.assets;

import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.UUID;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import io.agencyos.db.SomeText;
import io.agencyos.storage.Storage;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

@Input("StartUploadInput")
@Description("A file that is to come. Exactly one of requestId, assetId and videoAssetId says what it is for")
public record NewUpload(
        @Id @Description("A key made by the caller, so that a repeated call makes nothing twice")
        UUID id,

        @Id @Description("The request of which it becomes a new asset")
        UUID requestId,

        @Id @Description("The asset of which it becomes a new version")
        UUID assetId,

        @Id @Description("The video of which it becomes a new version")
        UUID videoAssetId,

        @NonNull @SomeText @Size(max = 1000) @Description("What the file is called; no path")
        String filename,

        @NonNull @Min(1) @Description("How large it is, in bytes")
        Long size,

        @NonNull
        @Size(max = 255)
        @Pattern(regexp = "[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+", message = "must be a media type")
        @Description("What it is, a media type")
        String contentType,

        @Pattern(regexp = "[0-9a-fA-F]{64}", message = "must be 64 hexadecimal digits")
        @Description("SHA-256 of all its bytes in hex, which is then compared with what has come")
        String sha256,

        @Min(Storage.SMALLEST_PART)
        @Max(Storage.LARGEST_PART)
        @Description("How many bytes each part has, but for the last one; unless given, 16 MiB, or as many as make no"
                + " more than 10,000 parts")
        Long partSize,

        @Size(max = 255)
        @Description("What the asset is to be called; unless given, like the file or like the version before")
        String name,

        @Size(max = 20_000) @Description("What is new in this version")
        String notes,

        @Size(max = 255) @Description("What the version of a video is to be called")
        String label) {

    private static final long USUAL_PART = 16L << 20;
    private static final long MIB = 1L << 20;

    /** For how many things it is said to be. */
    int targets() {
        return (requestId == null ? 0 : 1) + (assetId == null ? 0 : 1) + (videoAssetId == null ? 0 : 1);
    }

    Upload toUpload(UUID author, OffsetDateTime expiresAt) {
        var upload = new Upload();
        upload.id = id == null ? UUID.randomUUID() : id;
        upload.requestId = requestId;
        upload.versionOfId = assetId;
        upload.videoAssetId = videoAssetId;
        upload.filename = cleaned(filename);
        upload.sizeBytes = size;
        upload.contentType = contentType.toLowerCase(Locale.ROOT);
        upload.sha256 = sha256 == null ? null : sha256.toLowerCase(Locale.ROOT);
        upload.partSize = partSize == null ? partSize(size) : partSize;
        upload.name = name;
        upload.notes = notes;
        upload.label = label;
        upload.createdBy = author;
        upload.expiresAt = expiresAt;
        return upload;
    }

    static long partSize(long size) {
        var least = (size + Storage.MOST_PARTS - 1) / Storage.MOST_PARTS;
        return Math.max(USUAL_PART, (least + MIB - 1) / MIB * MIB);
    }

    /** The name alone, of a path of whatever system, without what cannot be seen. */
    static String cleaned(String filename) {
        var name = filename.substring(Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1)
                .replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}]", "")
                .strip();
        if (name.isBlank() || name.matches("\\.+")) return "file";
        var dot = name.lastIndexOf('.');
        var end = dot > 0 && name.length() - dot <= 20 ? name.substring(dot) : "";
        return name.length() <= 255 ? name : name.substring(0, 255 - end.length()) + end;
    }
}
