package io.agencyos.videos;

import java.util.List;

import io.agencyos.db.Comparison;
import io.agencyos.db.Sql;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("VideoProcessingStatusFilter")
@Description("What how far a version has been looked into has to be")
public record VideoProcessingStatusFilter(
        @Description("This one") VideoProcessingStatus eq,
        @Description("One of these") List<VideoProcessingStatus> in) implements Comparison {

    @Override
    public List<Sql> on(String column) {
        return Comparison.equality(column, eq, in);
    }
}
