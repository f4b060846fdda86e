package io.agencyos.profiles;

import java.util.List;

import io.agencyos.db.DateTimeFilter;
import io.agencyos.db.Filter;
import io.agencyos.db.IdFilter;
import io.agencyos.db.StringFilter;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("ProfileFilter")
@Description("Which people; all that is given has to hold")
public record ProfileFilter(
        @Description("Id") IdFilter id,
        @Description("First name") StringFilter firstName,
        @Description("Last name") StringFilter lastName,
        @Description("Role") RoleFilter role,
        @Description("When the profile was made") DateTimeFilter createdAt,
        @Description("All of these") List<ProfileFilter> and,
        @Description("At least one of these") List<ProfileFilter> or,
        @Description("Not this") ProfileFilter not)
        implements Filter {}
