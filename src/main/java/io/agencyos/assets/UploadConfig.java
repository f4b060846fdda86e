package io.agencyos.assets;

import java.time.Duration;
import java.util.List;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What may be uploaded. */
@ConfigMapping(prefix = "agency.upload")
interface UploadConfig {

    /** The largest file. */
    @WithDefault("100G")
    MemorySize size();

    /** How long the parts of an upload may take. */
    @WithDefault("24h")
    Duration expiry();

    /** For how long the address of a part, or of a file, is good. */
    @WithDefault("1h")
    Duration validity();

    /** How often it is looked for what nobody goes on with, and for files that no row names. */
    @WithDefault("1m")
    Duration cleaning();

    /** How long the jobs wait after the start, until the migrations have run. */
    @WithDefault("30s")
    Duration delay();

    /** For how long such files are left alone: somebody may still be busy with one. */
    @WithDefault("1h")
    Duration grace();

    /** Whether this replica makes the small pictures of pictures; else it leaves them to others. */
    @WithDefault("true")
    boolean pictures();

    /** The media types that may be kept; a star stands for all of a kind. */
    @WithDefault("image/*,video/*,audio/*,font/*,text/plain,text/csv,text/vtt,text/markdown,text/x-web-markdown,"
            + "application/pdf,application/postscript,application/illustrator,application/rtf,application/zip,"
            + "application/mp4,application/mxf,application/ogg,application/x-matroska,application/x-subrip,"
            + "application/json,application/msword,application/vnd.ms-excel,application/vnd.ms-powerpoint,"
            + "application/vnd.openxmlformats-officedocument.*,application/vnd.oasis.opendocument.*,"
            + "application/x-indesign,application/vnd.adobe.*")
    List<String> types();
}
