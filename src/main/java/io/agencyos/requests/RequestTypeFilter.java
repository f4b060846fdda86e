package io.agencyos.requests;

import java.util.List;

import io.agencyos.db.Comparison;
import io.agencyos.db.Sql;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("RequestTypeFilter")
@Description("What a request type has to be")
public record RequestTypeFilter(
        @Description("This one") RequestType eq,
        @Description("One of these") List<RequestType> in) implements Comparison {

    @Override
    public List<Sql> on(String column) {
        return Comparison.equality(column, eq, in);
    }
}
