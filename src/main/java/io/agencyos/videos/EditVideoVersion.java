package io.agencyos.videos;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("UpdateVideoVersionInput")
@Description("What to change of a version; what is absent stays, what is null is removed")
public record EditVideoVersion(
        @Size(max = 255) @Description("What people call the version")
        String versionLabel,

        @Size(max = 20_000) @Description("What is new in this version")
        String changeNotes,

        @Pattern(regexp = TIMECODE, message = MALFORMED)
        @Description("SMPTE timecode of the first frame; a semicolon stands before drop-frame frames")
        String startTimecode,

        @Description("Whether its timecode leaves out numbers so as to keep up with the clock")
        Boolean dropFrame) {

    static final String TIMECODE = "([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d[:;]\\d{2,3}";
    static final String MALFORMED = "must be a timecode such as 01:00:00:00";
}
