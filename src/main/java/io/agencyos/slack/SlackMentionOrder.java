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

@Input("SlackMentionOrder")
@Description("What mentions are ordered by")
public record SlackMentionOrder(
        @NonNull @Description("The field to sort by") Field field,

        @DefaultValue("ASC") @Description("Ascending or descending")
        Direction direction)
        implements Ordering {

    @org.eclipse.microprofile.graphql.Enum("SlackMentionOrderField")
    @Description("What mentions can be ordered by")
    public enum Field implements SortField {
        @Description("When it came here")
        CREATED_AT
    }

    /** The ordering asked for, or the oldest first. */
    public static List<Sort> sorts(List<SlackMentionOrder> orders) {
        return Sort.of(orders, Sort.by(Field.CREATED_AT, Direction.ASC));
    }
}
