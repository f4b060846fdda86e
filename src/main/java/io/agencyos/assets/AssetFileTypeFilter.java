package io.agencyos.assets;

import java.util.List;

import io.agencyos.db.Comparison;
import io.agencyos.db.Sql;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("AssetFileTypeFilter")
@Description("What a file type has to be")
public record AssetFileTypeFilter(
        @Description("This one") AssetFileType eq,
        @Description("One of these") List<AssetFileType> in) implements Comparison {

    @Override
    public List<Sql> on(String column) {
        return Comparison.equality(column, eq, in);
    }
}
