package io.agencyos.review;

import org.eclipse.microprofile.graphql.Description;

@Description("What a reviewer decides on a version")
public enum ApprovalDecision {
    @Description("It can go out")
    APPROVED,
    @Description("Something has to be changed, which takes a new version")
    CHANGES_REQUESTED
}
