package io.agencyos.requests;

import org.eclipse.microprofile.graphql.Description;

@Description("Where a request stands; only the steps of the status machine lead from one to another")
public enum RequestStatus {
    @Description("Just made; every request starts here")
    NEW_REQUEST,
    @Description("Somebody works on it")
    IN_PROGRESS,
    @Description("Waits for a verdict")
    NEEDS_REVIEW,
    @Description("Has to be changed")
    NEEDS_EDIT,
    @Description("Done; can be reopened")
    COMPLETED
}
