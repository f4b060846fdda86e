package io.agencyos.videos;

import java.util.List;

import io.agencyos.db.DateTimeFilter;
import io.agencyos.db.Filter;
import io.agencyos.db.IdFilter;
import io.agencyos.db.StringFilter;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("VideoVersionFilter")
@Description("Which versions; all that is given has to hold")
public record VideoVersionFilter(
        @Description("Id") IdFilter id,
        @Description("What people call the version") StringFilter versionLabel,

        @Description("How far it has been looked into") VideoProcessingStatusFilter processingStatus,

        @Description("Who uploaded it") IdFilter uploadedBy,
        @Description("When it was uploaded") DateTimeFilter createdAt,
        @Description("All of these") List<VideoVersionFilter> and,
        @Description("At least one of these") List<VideoVersionFilter> or,
        @Description("Not this") VideoVersionFilter not)
        implements Filter {}
