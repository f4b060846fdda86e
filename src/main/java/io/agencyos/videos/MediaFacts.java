package io.agencyos.videos;

/**
 * What is known of a file of film or sound.
 *
 * @param picture its film, or null where there is only sound
 * @param cover the number of a stream that is a single picture, such as the cover of a song, or null
 * @param sound how its sound is encoded, or null where there is none
 * @param format what ffprobe calls the format of the file
 * @param seconds how long it is
 * @param bitrate bits a second, or null where that is not known
 * @param startTimecode SMPTE timecode of the first frame, or null
 */
record MediaFacts(
        Picture picture,
        Integer cover,
        String sound,
        String format,
        double seconds,
        Integer bitrate,
        String startTimecode) {

    /**
     * A film.
     *
     * @param stream the number of its stream
     * @param codec how it is encoded
     * @param pixels how its pixels are
     * @param width pixels from left to right as it is shown, turned and stretched
     * @param height pixels from top to bottom as it is shown
     * @param stretched whether its pixels are not square
     * @param interlaced whether its frames are two half pictures each
     * @param tones what light its pixels stand for
     * @param begins when its first frame is shown, in seconds of the file's own time
     * @param lead how long after the beginning of the file that is
     * @param frames its frames
     */
    record Picture(
            int stream,
            String codec,
            String pixels,
            int width,
            int height,
            boolean stretched,
            boolean interlaced,
            Tones tones,
            double begins,
            double lead,
            FrameTimes frames) {}

    /** How it is encoded: its film, else its sound. */
    String codec() {
        return picture == null ? sound : picture.codec();
    }

    /** Whether the timecode leaves out numbers. */
    boolean dropFrame() {
        return startTimecode != null
                && startTimecode.indexOf(';') > 0
                && picture != null
                && picture.frames().rate().canDrop();
    }

    /** How long it is, in milliseconds. */
    long millis() {
        return Math.round(seconds * 1000);
    }
}
