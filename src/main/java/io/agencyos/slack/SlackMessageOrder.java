package io.agencyos.slack;

import java.util.List;

import io.agencyos.db.Direction;
import io.agencyos.db.Ordering;
import io.agencyos.db.Sort;
import io.agencyos.db.SortField;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

@Input("SlackMessageOrder")
@Description("What messages are ordered by")
public record SlackMessageOrder(
        @NonNull @Description("The field to sort by") Field field,

        @DefaultValue("ASC") @Description("Ascending or descending")
        Direction direction)
        implements Ordering {

    @org.eclipse.microprofile.graphql.Enum("SlackMessageOrderField")
    @Description("What messages can be ordered by")
    public enum Field implements SortField {
        @Description("When it was written")
        TIMESTAMP,
        @Description("When it came here")
        CREATED_AT;

        @Override
        public String type() {
            return "timestamptz";
        }

        @Override
        public boolean nullable() {
            return this == TIMESTAMP;
        }
    }

    /** The ordering asked for, or the newest first. */
    public static List<Sort> sorts(List<SlackMessageOrder> orders) {
        return Sort.of(orders, Sort.by(Field.TIMESTAMP, Direction.DESC));
    }
}
