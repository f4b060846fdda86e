package io.agencyos.db;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("StringFilter")
@Description("What a text has to be; null asks nothing")
public record StringFilter(
        @Description("Exactly this") String eq,
        @Description("One of these") List<String> in,
        @Description("Contains this, upper or lower case") String contains)
        implements Comparison {

    @Override
    public List<Sql> on(String column) {
        var all = new ArrayList<>(Comparison.equality(column, eq, in));
        if (contains != null) all.add(Sql.of("strpos(lower(" + column + "), lower(?::text)) > 0", contains));
        return all;
    }
}
