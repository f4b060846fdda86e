package io.agencyos.videos;

import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

import io.agencyos.db.Feeds;
import io.agencyos.db.LowerCase;
import io.agencyos.db.References;
import io.agencyos.db.SameForStaff;
import io.agencyos.db.SetByTrigger;
import io.agencyos.db.Versioned;
import io.agencyos.profiles.Profile;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Ignore;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.hibernate.annotations.DynamicInsert;
import org.hibernate.annotations.DynamicUpdate;

/** One upload of a video. */
@Entity
@Table(name = "video_versions")
@DynamicInsert
@DynamicUpdate
@SameForStaff
@Feeds("timecodeComments")
@Type("VideoVersion")
@Description("One upload of a video")
public class VideoVersion extends Versioned {

    @Ignore
    @References(VideoAsset.class)
    @Column(name = "video_asset_id", updatable = false)
    public UUID videoAssetId;

    @NonNull
    @SetByTrigger
    @Description("Counts the versions of the video, from 1")
    @Column(name = "version_number")
    public Integer versionNumber;

    @SetByTrigger
    @Description("What people call the version, such as v3")
    @Column(name = "version_label")
    public String versionLabel;

    @Ignore
    @Feeds({"fileUrl", "proxyUrl"})
    @Column(name = "file_url")
    public String fileUrl;

    @Description("How large the file is, in bytes")
    @Column(name = "file_size_bytes")
    public Long fileSizeBytes;

    @Description("Media type of the file")
    @Feeds({"fileUrl", "proxyUrl"})
    @Column(name = "mime_type")
    public String mimeType;

    @Description("How long the film is, in seconds")
    @Column(name = "duration_seconds")
    public Double durationSeconds;

    @Description("Pixels from left to right")
    public Integer width;

    @Description("Pixels from top to bottom")
    public Integer height;

    @SetByTrigger
    @Description("Frames a second, rounded; frameRateNum over frameRateDen is exact")
    @Column(name = "frame_rate")
    public Double frameRate;

    @Description("How the picture is encoded")
    public String codec;

    @Description("Bits a second")
    public Integer bitrate;

    @Ignore
    @Feeds("posterUrl")
    @Column(name = "poster_url")
    public String posterUrl;

    @Ignore
    @Feeds("thumbnailsSpriteUrl")
    @Column(name = "thumbnails_sprite_url")
    public String thumbnailsSpriteUrl;

    @Ignore
    @Feeds("thumbnailsVttUrl")
    @Column(name = "thumbnails_vtt_url")
    public String thumbnailsVttUrl;

    @NonNull
    @SetByTrigger
    @Description("How far it has been looked into")
    @Convert(converter = ProcessingStatusColumn.class)
    @Column(name = "processing_status")
    public VideoProcessingStatus processingStatus;

    @Ignore
    @References(Profile.class)
    @Column(name = "uploaded_by", updatable = false)
    public UUID uploadedBy;

    @Description("What is new in this version")
    @Column(name = "change_notes")
    public String changeNotes;

    @Description("Frames a second are this over frameRateDen, exactly; none while it is not known")
    @Column(name = "frame_rate_num")
    public Integer frameRateNum;

    @Description("Frames a second are frameRateNum over this, exactly; none while it is not known")
    @Column(name = "frame_rate_den")
    public Integer frameRateDen;

    @Description("SMPTE timecode of the first frame; a semicolon stands before drop-frame frames")
    @Column(name = "start_timecode")
    public String startTimecode;

    @NonNull
    @Description("Whether its timecode leaves out numbers so as to keep up with the clock")
    @Column(name = "drop_frame")
    public Boolean dropFrame;

    @Ignore
    @Feeds({"fileUrl", "proxyUrl", "stillUrl"})
    @Column(name = "file_path", updatable = false)
    public String filePath;

    @Ignore
    @Feeds("proxyUrl")
    @Column(name = "proxy_path", insertable = false, updatable = false)
    public String proxyPath;

    @Ignore
    @Feeds("posterUrl")
    @Column(name = "poster_path", insertable = false, updatable = false)
    public String posterPath;

    @Ignore
    @Feeds("thumbnailsSpriteUrl")
    @Column(name = "thumbnails_sprite_path", insertable = false, updatable = false)
    public String thumbnailsSpritePath;

    @Ignore
    @Feeds("thumbnailsVttUrl")
    @Column(name = "thumbnails_vtt_path", insertable = false, updatable = false)
    public String thumbnailsVttPath;

    @Description("Percent of the processing that is done; none before it, and where nothing is to be processed")
    @Column(insertable = false, updatable = false)
    public Integer progress;

    @Description("Why it could not be processed, or not yet")
    @Column(name = "processing_error", insertable = false, updatable = false)
    public String processingError;

    @Description("How many frames there are to see; none while that is not known")
    @Feeds("stillUrl")
    @Column(name = "frame_count", insertable = false, updatable = false)
    public Integer frameCount;

    @NonNull
    @SetByTrigger
    @Description(
            "Whether the frames of the file do not follow one another at a constant rate; the rate is then the nearest"
                    + " constant one, and the proxy has it")
    @Column(name = "variable_frame_rate", insertable = false, updatable = false)
    public Boolean variableFrameRate;

    @Converter
    static class ProcessingStatusColumn extends LowerCase<VideoProcessingStatus> {
        ProcessingStatusColumn() {
            super(VideoProcessingStatus.class);
        }
    }
}
