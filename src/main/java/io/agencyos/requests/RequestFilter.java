package io.agencyos.requests;

import java.util.List;
import java.util.Set;

import io.agencyos.db.DateTimeFilter;
import io.agencyos.db.Filter;
import io.agencyos.db.IdFilter;
import io.agencyos.db.Sql;
import io.agencyos.db.StringFilter;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("RequestFilter")
@Description("Which requests; all that is given has to hold")
public record RequestFilter(
        @Description("Id") IdFilter id,
        @Description("Title") StringFilter title,
        @Description("Whom it is for") IdFilter clientId,
        @Description("Board") RequestTypeFilter requestType,
        @Description("Where it stands") RequestStatusFilter status,
        @Description("How urgent it is") RequestPriorityFilter priority,
        @Description("When it has to be done") DateTimeFilter dueDate,
        @Description("When it was made") DateTimeFilter createdAt,
        @Description("When it last changed") DateTimeFilter updatedAt,
        @Description("Who made it") IdFilter createdBy,
        @Description("Who has to do it") IdFilter assignedTo,

        @Description("Words in title or description, as one types them into a search engine")
        String search,

        @Description("All of these") List<RequestFilter> and,
        @Description("At least one of these") List<RequestFilter> or,
        @Description("Not this") RequestFilter not)
        implements Filter {

    @Override
    public List<Sql> further() {
        return Filter.search(search);
    }

    @Override
    public Set<String> furtherFields() {
        return search == null ? Set.of() : Set.of("title", "description");
    }
}
