package io.agencyos.videos;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * A film as people send it, each frame with its number burnt in, and what has to be said of it. Its sound is so rich
 * that even a short one comes in parts.
 */
enum RealClip {
    CINEMA("f.mkv", "video/x-matroska", "24000/1001", 2, 48, 320, 180, null, false),
    TELEVISION("f.mov", "video/quicktime", "30000/1001", 3, 90, 320, 180, "01:00:58;00", true),
    FAST("f.mov", "video/quicktime", "60000/1001", 2, 120, 320, 180, "10:00:00:00", false),
    /** Filmed with the camera upright: the pictures lie on their side in the file. */
    PHONE("f.mov", "video/quicktime", "30", 2, 60, 180, 320, null, false),
    /** Recorded at 30, with a pause after each twenty frames: over all there are about 25 a second. */
    UNEVEN("f.mov", "video/quicktime", "25", 2, 0, 320, 180, null, false);

    private static final String UNEVEN_TIMES = "settb=1/90000,setpts='(N+0.4*mod(N,3)+6*floor(N/20))/(30*TB)'";

    final String filename;
    final String contentType;
    final String rate;
    final double seconds;
    final int frames;
    final int width;
    final int height;
    final String startTimecode;
    final boolean dropFrame;

    RealClip(
            String filename,
            String contentType,
            String rate,
            double seconds,
            int frames,
            int width,
            int height,
            String startTimecode,
            boolean dropFrame) {
        this.filename = filename;
        this.contentType = contentType;
        this.rate = rate;
        this.seconds = seconds;
        this.frames = frames;
        this.width = width;
        this.height = height;
        this.startTimecode = startTimecode;
        this.dropFrame = dropFrame;
    }

    /** The file, in that folder. */
    Path make(Path folder) {
        return switch (this) {
            case PHONE -> turned(folder);
            case UNEVEN ->
                Clips.film(
                        folder,
                        filename,
                        "30",
                        seconds,
                        with("-vf", UNEVEN_TIMES, "-fps_mode", "vfr", "-enc_time_base", "1/90000"));
            default -> Clips.film(folder, filename, rate, seconds, timecode());
        };
    }

    private String[] timecode() {
        return startTimecode == null ? with() : with("-timecode", startTimecode);
    }

    /** Legible for those who turn it as the file says. */
    private Path turned(Path folder) {
        var lying = Clips.film(
                folder,
                "lying.mov",
                rate,
                seconds,
                with("-vf", "scale=180:320:flags=neighbor,setsar=1,transpose=cclock"));
        return Clips.make(
                folder, filename, List.of("-i", lying.toString(), "-c", "copy", "-metadata:s:v:0", "rotate=270"));
    }

    private static String[] with(String... arguments) {
        var all = new ArrayList<>(List.of("-c:v", "libx264", "-preset", "ultrafast", "-crf", "12", "-g", "250"));
        all.addAll(List.of("-c:a", "pcm_s16le", "-ar", "192000", "-ac", "8"));
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }

    /** The number that the picture of a frame has to bear. */
    IntUnaryOperator shown() {
        return this == UNEVEN ? RealClip::inTheCopy : frame -> frame;
    }

    /** A frame of the copy is the last one of the film that has come when half of its time is over. */
    private static int inTheCopy(int frame) {
        var number = 0;
        while (number < 59 && uneven(number + 1) * 25 < frame + 0.5) number++;
        return number;
    }

    private static double uneven(int number) {
        return (number + 0.4 * (number % 3) + 6 * (number / 20)) / 30.0;
    }
}
