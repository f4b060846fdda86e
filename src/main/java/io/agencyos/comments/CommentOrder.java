package io.agencyos.comments;

import java.util.List;

import io.agencyos.db.Direction;
import io.agencyos.db.Ordering;
import io.agencyos.db.Sort;
import io.agencyos.db.SortField;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

@Input("CommentOrder")
@Description("What comments are ordered by")
public record CommentOrder(
        @NonNull @Description("The field to sort by") Field field,

        @DefaultValue("ASC") @Description("Ascending or descending")
        Direction direction)
        implements Ordering {

    @org.eclipse.microprofile.graphql.Enum("CommentOrderField")
    @Description("What comments can be ordered by")
    public enum Field implements SortField {
        @Description("When it was made")
        CREATED_AT,
        @Description("When it last changed")
        UPDATED_AT
    }

    /** The ordering asked for, or as a conversation runs: the oldest first. */
    public static List<Sort> sorts(List<CommentOrder> orders) {
        return Sort.of(orders, Sort.by(Field.CREATED_AT, Direction.ASC));
    }
}
