package io.agencyos.review;

import java.time.OffsetDateTime;
import java.util.UUID;

import jakarta.persistence.Table;

import io.agencyos.db.SameForStaff;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Ignore;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** Somebody who is mentioned in a comment. Made and removed, never changed, so it is no entity. */
@Table(name = "comment_mentions")
@SameForStaff
@Type("CommentMention")
@Description("Somebody who is mentioned in a comment on a film")
public class CommentMention {

    @Id
    @NonNull
    @Description("The key")
    public UUID id;

    @Ignore
    public UUID commentId;

    @Ignore
    public UUID mentionedUserId;

    @NonNull
    @Description("When they were mentioned")
    public OffsetDateTime createdAt;
}
