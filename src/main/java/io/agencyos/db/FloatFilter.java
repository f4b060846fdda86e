package io.agencyos.db;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("FloatFilter")
@Description("What a number has to be; null asks nothing")
public record FloatFilter(
        @Description("Exactly this") Double eq,
        @Description("This or more") Double gte,
        @Description("Less than this") Double lt)
        implements Comparison {

    @Override
    public List<Sql> on(String column) {
        var all = new ArrayList<>(Comparison.equality(column, eq, null));
        all.addAll(Comparison.range(column, gte, lt));
        return all;
    }
}
