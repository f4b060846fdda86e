package io.agencyos.requests;

import org.eclipse.microprofile.graphql.Description;

@Description("How urgent a request is")
public enum RequestPriority {
    @Description("When there is time")
    LOW,
    @Description("As usual")
    MEDIUM,
    @Description("Before others")
    HIGH,
    @Description("Now")
    URGENT
}
