package io.agencyos.videos;

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
@Type("VideoVersion")
@Description("One upload of a video")
public class VideoVersion extends Versioned {

    @Ignore
    @References(VideoAsset.class)
    @Column(name = "video_asset_id", updatable = false)
    public UUID videoAssetId;

    @NonNull
    @Description("Counts the versions of the video, from 1")
    @Column(name = "version_number")
    public Integer versionNumber;

    @Description("What people call the version, such as v3")
    @Column(name = "version_label")
    public String versionLabel;

    @Description("Where the film can be seen")
    @Column(name = "file_url")
    public String fileUrl;

    @Description("How large the file is, in bytes")
    @Column(name = "file_size_bytes")
    public Long fileSizeBytes;

    @Description("Media type of the file")
    @Column(name = "mime_type")
    public String mimeType;

    @Description("How long the film is, in seconds")
    @Column(name = "duration_seconds")
    public Double durationSeconds;

    @Description("Pixels from left to right")
    public Integer width;

    @Description("Pixels from top to bottom")
    public Integer height;

    @Description("Frames a second, rounded; frameRateNum over frameRateDen is exact")
    @Column(name = "frame_rate")
    public Double frameRate;

    @Description("How the picture is encoded")
    public String codec;

    @Description("Bits a second")
    public Integer bitrate;

    @Description("Where a picture that stands for it can be seen")
    @Column(name = "poster_url")
    public String posterUrl;

    @Description("Where small pictures of many moments can be seen, all in one")
    @Column(name = "thumbnails_sprite_url")
    public String thumbnailsSpriteUrl;

    @Description("Which of the small pictures belongs to which moment, as WebVTT")
    @Column(name = "thumbnails_vtt_url")
    public String thumbnailsVttUrl;

    @NonNull
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

    @Converter
    static class ProcessingStatusColumn extends LowerCase<VideoProcessingStatus> {
        ProcessingStatusColumn() {
            super(VideoProcessingStatus.class);
        }
    }
}
