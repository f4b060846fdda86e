package io.agencyos.db;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("DateTimeFilter")
@Description("What a point in time has to be; null asks nothing")
public record DateTimeFilter(
        @Description("Exactly this") OffsetDateTime eq,
        @Description("This or later") OffsetDateTime gte,
        @Description("Before this") OffsetDateTime lt,
        @Description("Whether there is none") Boolean isNull)
        implements Comparison {

    @Override
    public List<Sql> on(String column) {
        var all = new ArrayList<>(Comparison.equality(column, eq, null));
        all.addAll(Comparison.range(column, gte, lt));
        all.addAll(Comparison.nullity(column, isNull));
        return all;
    }
}
