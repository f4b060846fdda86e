package io.agencyos.comments;

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

@Input("CommentFilter")
@Description("Which comments; all that is given has to hold")
public record CommentFilter(
        @Description("Id") IdFilter id,
        @Description("Which asset it is about") IdFilter assetId,
        @Description("Who said it") IdFilter userId,
        @Description("The text") StringFilter content,

        @Description("What it replies to; isNull: true gives the heads of threads")
        IdFilter parentCommentId,

        @Description("Whether it is settled") BooleanFilter isResolved,
        @Description("Whether only staff may see it") BooleanFilter isInternal,
        @Description("When it was made") DateTimeFilter createdAt,
        @Description("When it last changed") DateTimeFilter updatedAt,

        @Description("Words in the text, as one types them into a search engine")
        String search,

        @Description("All of these") List<CommentFilter> and,
        @Description("At least one of these") List<CommentFilter> or,
        @Description("Not this") CommentFilter not)
        implements Filter {

    @Override
    public List<Sql> further() {
        return Filter.search(search);
    }

    @Override
    public Set<String> furtherFields() {
        return search == null ? Set.of() : Set.of("content");
    }
}
