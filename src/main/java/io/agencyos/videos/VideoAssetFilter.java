package io.agencyos.videos;

import java.util.List;

import io.agencyos.db.DateTimeFilter;
import io.agencyos.db.Filter;
import io.agencyos.db.IdFilter;
import io.agencyos.db.Sql;
import io.agencyos.db.StringFilter;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("VideoAssetFilter")
@Description("Which videos; all that is given has to hold")
public record VideoAssetFilter(
        @Description("Id") IdFilter id,
        @Description("Title") StringFilter title,
        @Description("The version that counts") IdFilter currentVersionId,
        @Description("Who made it") IdFilter createdBy,
        @Description("When it was made") DateTimeFilter createdAt,
        @Description("When it last changed") DateTimeFilter updatedAt,

        @Description("When it was removed; only a filter that names this finds what was")
        DateTimeFilter deletedAt,

        @Description("All of these") List<VideoAssetFilter> and,
        @Description("At least one of these") List<VideoAssetFilter> or,
        @Description("Not this") VideoAssetFilter not)
        implements Filter {

    /** The condition of {@code filter}, without the removed ones unless it is about those. */
    static Sql where(VideoAssetFilter filter) {
        var where = Filter.where(filter);
        return Filter.fields(filter).contains("deletedAt") ? where : where.add(" and deleted_at is null");
    }
}
