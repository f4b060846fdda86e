package io.agencyos.requests;

import java.util.List;

import io.agencyos.db.Comparison;
import io.agencyos.db.Sql;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("RequestStatusFilter")
@Description("What a status has to be")
public record RequestStatusFilter(
        @Description("This one") RequestStatus eq,
        @Description("One of these") List<RequestStatus> in) implements Comparison {

    /** The column has a twin of type text, which an index can compare under row security. */
    @Override
    public List<Sql> on(String column) {
        return Comparison.equality(column + "_text", eq, in);
    }
}
