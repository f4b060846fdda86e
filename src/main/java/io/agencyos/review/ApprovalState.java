package io.agencyos.review;

import org.eclipse.microprofile.graphql.Description;

@Description("What the required reviewers make of a version together")
public enum ApprovalState {
    @Description("Nobody is required to approve it")
    NOT_REQUIRED,
    @Description("Somebody has not decided yet, and nobody wants changes")
    PENDING,
    @Description("All have approved it")
    APPROVED,
    @Description("At least one of them wants changes")
    CHANGES_REQUESTED
}
