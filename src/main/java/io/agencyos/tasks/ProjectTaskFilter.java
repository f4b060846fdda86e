package io.agencyos.tasks;

import java.util.List;

import io.agencyos.db.DateTimeFilter;
import io.agencyos.db.Filter;
import io.agencyos.db.IdFilter;
import io.agencyos.db.StringFilter;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("ProjectTaskFilter")
@Description("Which tasks; all that is given has to hold")
public record ProjectTaskFilter(
        @Description("Id") IdFilter id,
        @Description("Title") StringFilter title,
        @Description("Where it stands") ProjectTaskStatusFilter status,
        @Description("When it has to be done") DateTimeFilter dueDate,
        @Description("Who has to do it") IdFilter assignedTo,

        @Description("Whose part it is; isNull: true gives the tasks on top")
        IdFilter parentTaskId,

        @Description("When it was made") DateTimeFilter createdAt,
        @Description("When it last changed") DateTimeFilter updatedAt,
        @Description("All of these") List<ProjectTaskFilter> and,
        @Description("At least one of these") List<ProjectTaskFilter> or,
        @Description("Not this") ProjectTaskFilter not)
        implements Filter {}
