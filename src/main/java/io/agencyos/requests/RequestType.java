package io.agencyos.requests;

import org.eclipse.microprofile.graphql.Description;

@Description("Which board a request belongs to")
public enum RequestType {
    @Description("Design, copy, video")
    CREATIVE,
    @Description("Campaigns")
    PERFORMANCE,
    @Description("Projects")
    PROJECT
}
