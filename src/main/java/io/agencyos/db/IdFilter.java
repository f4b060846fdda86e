package io.agencyos.db;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

@Input("IdFilter")
@Description("What an id has to be; null asks nothing")
public record IdFilter(
        @Id @Description("This one") UUID eq,
        @Id @Description("One of these") List<UUID> in,
        @Description("Whether there is none") Boolean isNull)
        implements Comparison {

    @Override
    public List<Sql> on(String column) {
        var all = new ArrayList<>(Comparison.equality(column, eq, in));
        all.addAll(Comparison.nullity(column, isNull));
        return all;
    }
}
