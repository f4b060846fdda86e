package io.agencyos.assets;

import java.util.List;
import java.util.Set;

import io.agencyos.db.BooleanFilter;
import io.agencyos.db.DateTimeFilter;
import io.agencyos.db.Filter;
import io.agencyos.db.IdFilter;
import io.agencyos.db.Sql;
import io.agencyos.db.StringFilter;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("AssetFilter")
@Description("Which assets; all that is given has to hold")
public record AssetFilter(
        @Description("Id") IdFilter id,
        @Description("Name") StringFilter name,
        @Description("What kind of file it is") AssetFileTypeFilter fileType,

        @Description("What the file was called where it came from")
        StringFilter originalFilename,

        @Description("Whether it is the version that counts")
        BooleanFilter isCurrentVersion,

        @Description("Whose later version it is; isNull: true gives the first versions")
        IdFilter parentAssetId,

        @Description("How the version came about") AssetVersionTypeFilter versionType,
        @Description("When it was made") DateTimeFilter createdAt,
        @Description("Who made it") IdFilter createdBy,

        @Description("Words in name or original filename, as one types them into a search engine")
        String search,

        @Description("All of these") List<AssetFilter> and,
        @Description("At least one of these") List<AssetFilter> or,
        @Description("Not this") AssetFilter not)
        implements Filter {

    @Override
    public List<Sql> further() {
        return Filter.search(search);
    }

    @Override
    public Set<String> furtherFields() {
        return search == null ? Set.of() : Set.of("name", "originalFilename");
    }
}
