package io.agencyos.db;

import java.util.List;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("BooleanFilter")
@Description("What a yes or no has to be; null asks nothing")
public record BooleanFilter(@Description("This") Boolean eq) implements Comparison {

    @Override
    public List<Sql> on(String column) {
        return Comparison.equality(column, eq, null);
    }
}
