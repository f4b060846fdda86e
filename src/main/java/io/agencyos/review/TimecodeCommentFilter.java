package io.agencyos.review;

import java.util.List;

import io.agencyos.db.BooleanFilter;
import io.agencyos.db.DateTimeFilter;
import io.agencyos.db.Filter;
import io.agencyos.db.FloatFilter;
import io.agencyos.db.IdFilter;
import io.agencyos.db.StringFilter;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("TimecodeCommentFilter")
@Description("Which comments on films; all that is given has to hold")
public record TimecodeCommentFilter(
        @Description("Id") IdFilter id,

        @Description("The place, in seconds from the start") FloatFilter timecodeSeconds,

        @Description("The text") StringFilter content,
        @Description("Who said it") IdFilter authorId,

        @Description("What it replies to; isNull: true gives the heads of threads")
        IdFilter parentCommentId,

        @Description("Of which thread's head it is a reply") IdFilter threadRootId,
        @Description("Where it stands") TimecodeCommentStatusFilter status,
        @Description("Who settled it") IdFilter resolvedBy,
        @Description("Whether only staff may see it") BooleanFilter isInternal,
        @Description("When it was made") DateTimeFilter createdAt,
        @Description("When it last changed") DateTimeFilter updatedAt,
        @Description("All of these") List<TimecodeCommentFilter> and,
        @Description("At least one of these") List<TimecodeCommentFilter> or,
        @Description("Not this") TimecodeCommentFilter not)
        implements Filter {}
