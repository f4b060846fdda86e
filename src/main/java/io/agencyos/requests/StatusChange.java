package io.agencyos.requests;

import java.time.OffsetDateTime;
import java.util.UUID;

import jakarta.persistence.Table;

import io.agencyos.db.SameForStaff;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Ignore;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** One step of a request through the status machine. Written by a trigger and never changed, so it is no entity. */
@Table(name = "status_history")
@SameForStaff
@Type("StatusChange")
@Description("One step of a request through the status machine")
public class StatusChange {

    @Id
    @NonNull
    @Description("The key")
    public UUID id;

    @Ignore
    public UUID requestId;

    @Description("Where it stood")
    public RequestStatus oldStatus;

    @NonNull
    @Description("Where it stands since")
    public RequestStatus newStatus;

    @Ignore
    public UUID changedBy;

    @NonNull
    @Description("When")
    public OffsetDateTime changedAt;

    @Description("Why, in the words of the one who did it")
    public String comments;
}
