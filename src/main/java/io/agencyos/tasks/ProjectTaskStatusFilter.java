package io.agencyos.tasks;

import java.util.List;

import io.agencyos.db.Comparison;
import io.agencyos.db.Sql;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("ProjectTaskStatusFilter")
@Description("What where a task stands has to be")
public record ProjectTaskStatusFilter(
        @Description("This one") ProjectTaskStatus eq,
        @Description("One of these") List<ProjectTaskStatus> in) implements Comparison {

    @Override
    public List<Sql> on(String column) {
        return Comparison.equality(column, eq, in);
    }
}
