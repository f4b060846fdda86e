package io.agencyos.clients;

import java.util.List;

import io.agencyos.db.DateTimeFilter;
import io.agencyos.db.Filter;
import io.agencyos.db.IdFilter;
import io.agencyos.db.StringFilter;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("ClientFilter")
@Description("Which clients; all that is given has to hold")
public record ClientFilter(
        @Description("Id") IdFilter id,
        @Description("Name") StringFilter name,
        @Description("Status") ClientStatusFilter status,
        @Description("When it was made") DateTimeFilter createdAt,
        @Description("When it last changed") DateTimeFilter updatedAt,
        @Description("All of these") List<ClientFilter> and,
        @Description("At least one of these") List<ClientFilter> or,
        @Description("Not this") ClientFilter not)
        implements Filter {}
