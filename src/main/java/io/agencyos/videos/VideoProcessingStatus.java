package io.agencyos.videos;

import org.eclipse.microprofile.graphql.Description;

@Description("How far a version has been looked into")
public enum VideoProcessingStatus {
    @Description("Waiting")
    PENDING,
    @Description("Under way")
    PROCESSING,
    @Description("All that can be known is known")
    COMPLETED,
    @Description("It could not be read")
    FAILED
}
