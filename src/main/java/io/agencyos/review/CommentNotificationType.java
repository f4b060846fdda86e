package io.agencyos.review;

import org.eclipse.microprofile.graphql.Description;

@Description("Why somebody is told of a comment")
public enum CommentNotificationType {
    @Description("It mentions them")
    MENTION,
    @Description("It replies to a comment of theirs")
    REPLY,
    @Description("It was settled, and they take part in its thread")
    RESOLVED,
    @Description("It is new in a thread in which they take part")
    NEW_ON_THREAD
}
