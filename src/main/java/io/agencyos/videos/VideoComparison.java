package io.agencyos.videos;

import java.util.Objects;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

@Type("VideoComparison")
@Description("What differs between two versions of a video; what is open in each is told by their timecodeComments")
public record VideoComparison(
        @NonNull @Description("The version that is compared with")
        VideoVersion from,

        @NonNull @Description("The version that is compared")
        VideoVersion to,

        @Description("How many seconds longer it is; none where one of the two is not known")
        Double durationSeconds,

        @Description("How many frames more it has; none where one of the two is not known")
        Integer frameCount,

        @Description("How many bytes larger its file is; none where one of the two is not known")
        Long fileSizeBytes,

        @NonNull @Description("Whether its pictures have another size")
        Boolean sizeChanged,

        @NonNull @Description("Whether it has another frame rate, so that frames have other numbers")
        Boolean frameRateChanged,

        @NonNull @Description("Whether it is encoded otherwise")
        Boolean codecChanged,

        @NonNull @Description("Whether its timecode begins or counts otherwise")
        Boolean timecodeChanged) {

    static VideoComparison of(VideoVersion from, VideoVersion to) {
        return new VideoComparison(
                from,
                to,
                areKnown(from.durationSeconds, to.durationSeconds)
                        ? Math.round((to.durationSeconds - from.durationSeconds) * 1000) / 1000.0
                        : null,
                areKnown(from.frameCount, to.frameCount) ? (Integer) (to.frameCount - from.frameCount) : null,
                areKnown(from.fileSizeBytes, to.fileSizeBytes) ? (Long) (to.fileSizeBytes - from.fileSizeBytes) : null,
                !Objects.equals(from.width, to.width) || !Objects.equals(from.height, to.height),
                !Objects.equals(FrameRate.of(from), FrameRate.of(to)),
                !Objects.equals(from.codec, to.codec),
                !Objects.equals(from.startTimecode, to.startTimecode) || !Objects.equals(from.dropFrame, to.dropFrame));
    }

    private static boolean areKnown(Object one, Object other) {
        return one != null && other != null;
    }
}
