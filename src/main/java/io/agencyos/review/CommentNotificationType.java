package io.agencyos.review;

import org.eclipse.microprofile.graphql.Description;

@Description("Why somebody is told of something")
public enum CommentNotificationType {
    @Description("It mentions them")
    MENTION,
    @Description("It replies to a comment of theirs")
    REPLY,
    @Description("It was settled, and they take part in its thread")
    RESOLVED,
    @Description("It is new in a thread in which they take part")
    NEW_ON_THREAD,
    @Description("They review the video, and have not decided on its current version")
    APPROVAL_REQUESTED,
    @Description("All required reviewers have approved the version, which they uploaded")
    APPROVED,
    @Description("A required reviewer wants changes to the version, which they uploaded")
    CHANGES_REQUESTED,
    @Description(
            "A decision was taken back, and the version, which they uploaded, waits for the required reviewers again")
    APPROVAL_PENDING
}
