package io.agencyos.review;

import java.util.List;

import io.agencyos.db.Comparison;
import io.agencyos.db.Sql;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("TimecodeCommentStatusFilter")
@Description("What where a comment stands has to be")
public record TimecodeCommentStatusFilter(
        @Description("This one") TimecodeCommentStatus eq,
        @Description("One of these") List<TimecodeCommentStatus> in) implements Comparison {

    @Override
    public List<Sql> on(String column) {
        return Comparison.equality(column, eq, in);
    }
}
