package io.agencyos.assets;

import java.nio.file.Path;

/** Reads pictures for which the JDK has no codec. The room that has one brings it. */
public interface PictureReader {

    /**
     * Makes a PNG of a WebP picture, smaller where it is larger than {@code side} pixels. Blocks.
     *
     * @param webp a file of this machine; it may be damaged
     * @param png where the PNG goes, in a folder of its own
     * @return why that did not work, in words for people, or null when it did
     */
    String webp(Path webp, int side, Path png);

    /** The same of an AVIF or HEIC picture that is seen as it lies in the file. Blocks. */
    String heif(Path heif, int side, Path png);
}
