package io.agencyos.assets;

import org.eclipse.microprofile.graphql.Description;

@Description("How far an upload is")
public enum UploadState {
    @Description("Its parts may come")
    STARTED,
    @Description("It has become what it was for")
    COMPLETED,
    @Description("It was given up")
    ABORTED,
    @Description("Nobody went on with it in time")
    EXPIRED,
    @Description("What came was not what may be kept")
    FAILED
}
