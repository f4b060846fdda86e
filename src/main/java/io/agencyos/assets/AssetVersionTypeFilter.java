package io.agencyos.assets;

import java.util.List;

import io.agencyos.db.Comparison;
import io.agencyos.db.Sql;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("AssetVersionTypeFilter")
@Description("What a version type has to be")
public record AssetVersionTypeFilter(
        @Description("This one") AssetVersionType eq,
        @Description("One of these") List<AssetVersionType> in) implements Comparison {

    @Override
    public List<Sql> on(String column) {
        return Comparison.equality(column, eq, in);
    }
}
