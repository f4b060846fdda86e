package io.agencyos.clients;

import org.eclipse.microprofile.graphql.Description;

@Description("Where the business with a client stands")
public enum ClientStatus {
    @Description("Work is going on")
    ACTIVE,
    @Description("No work at the moment")
    INACTIVE,
    @Description("Past")
    ARCHIVED
}
