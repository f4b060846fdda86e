package io.agencyos.review;

import org.eclipse.microprofile.graphql.Description;

@Description("Where a comment on a film stands")
public enum TimecodeCommentStatus {
    @Description("Open")
    ACTIVE,
    @Description("Settled")
    RESOLVED,
    @Description("Put away")
    ARCHIVED,
    @Description("Removed; it only holds its replies together")
    DELETED
}
