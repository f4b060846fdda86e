package io.agencyos.requests;

import java.util.List;

import io.agencyos.db.Comparison;
import io.agencyos.db.Sql;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("RequestPriorityFilter")
@Description("What a priority has to be")
public record RequestPriorityFilter(
        @Description("This one") RequestPriority eq,
        @Description("One of these") List<RequestPriority> in) implements Comparison {

    @Override
    public List<Sql> on(String column) {
        return Comparison.equality(column, eq, in);
    }
}
