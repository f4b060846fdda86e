package io.agencyos.clients;

import java.util.List;

import io.agencyos.db.Comparison;
import io.agencyos.db.Sql;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("ClientStatusFilter")
@Description("What a client's status has to be")
public record ClientStatusFilter(
        @Description("This one") ClientStatus eq,
        @Description("One of these") List<ClientStatus> in) implements Comparison {

    @Override
    public List<Sql> on(String column) {
        return Comparison.equality(column, eq, in);
    }
}
