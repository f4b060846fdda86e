package io.agencyos.tasks;

import org.eclipse.microprofile.graphql.Description;

@Description("Where a task stands")
public enum ProjectTaskStatus {
    @Description("Not begun")
    TODO,
    @Description("Begun")
    IN_PROGRESS,
    @Description("Done")
    DONE
}
