package io.agencyos.videos;

import java.util.UUID;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

@Input("CreateVideoVersionInput")
@Description("A version of a video whose film lies elsewhere. Versions of uploaded files are made by their uploads")
public record NewVideoVersion(
        @Id @Description("A key made by the caller, so that a repeated call makes nothing twice")
        UUID id,

        @Id @NonNull @Description("The video") UUID videoAssetId,

        @NonNull
        @Pattern(regexp = "https://[^\\s/]\\S*", message = "must be an address that begins with https://")
        @Size(max = 2000)
        @Description("Where the film can be seen; nothing is read from there")
        String fileUrl,

        @Size(max = 255) @Description("What people call the version; v3 for the third one unless given")
        String versionLabel,

        @Size(max = 20_000) @Description("What is new in this version")
        String changeNotes,

        @Min(0) @Description("How long the film is, in seconds")
        Double durationSeconds,

        @Min(1) @Description("Frames a second are this over frameRateDen, exactly")
        Integer frameRateNum,

        @Min(1) @Description("Frames a second are frameRateNum over this, exactly")
        Integer frameRateDen,

        @Pattern(regexp = EditVideoVersion.TIMECODE, message = EditVideoVersion.MALFORMED)
        @Description("SMPTE timecode of the first frame; a semicolon stands before drop-frame frames")
        String startTimecode,

        @Description("Whether its timecode leaves out numbers so as to keep up with the clock")
        Boolean dropFrame) {

    VideoVersion toVersion(UUID uploader) {
        var version = new VideoVersion();
        version.id = id == null ? UUID.randomUUID() : id;
        version.videoAssetId = videoAssetId;
        version.fileUrl = fileUrl;
        version.versionLabel = versionLabel;
        version.changeNotes = changeNotes;
        version.durationSeconds = durationSeconds;
        version.frameRateNum = frameRateNum;
        version.frameRateDen = frameRateDen;
        version.startTimecode = startTimecode;
        version.dropFrame = Boolean.TRUE.equals(dropFrame);
        version.uploadedBy = uploader;
        // there is nothing that could be looked into
        version.processingStatus = VideoProcessingStatus.COMPLETED;
        return version;
    }
}
