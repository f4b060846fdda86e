package io.agencyos.review;

import java.util.List;

import io.agencyos.db.Direction;
import io.agencyos.db.Ordering;
import io.agencyos.db.Sort;
import io.agencyos.db.SortField;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

@Input("TimecodeCommentOrder")
@Description("What comments on films are ordered by")
public record TimecodeCommentOrder(
        @NonNull @Description("The field to sort by") Field field,

        @DefaultValue("ASC") @Description("Ascending or descending")
        Direction direction)
        implements Ordering {

    @org.eclipse.microprofile.graphql.Enum("TimecodeCommentOrderField")
    @Description("What comments on films can be ordered by")
    public enum Field implements SortField {
        @Description("The place in the film")
        TIMECODE_SECONDS,
        @Description("When it was made")
        CREATED_AT,
        @Description("When it last changed")
        UPDATED_AT;

        @Override
        public String type() {
            return this == TIMECODE_SECONDS ? "numeric" : SortField.super.type();
        }
    }

    /** The ordering asked for, or as the film runs. */
    public static List<Sort> sorts(List<TimecodeCommentOrder> orders) {
        return Sort.of(orders, Sort.by(Field.TIMECODE_SECONDS, Direction.ASC));
    }

    /** The ordering asked for, or as a conversation runs: the oldest first. */
    public static List<Sort> replies(List<TimecodeCommentOrder> orders) {
        return Sort.of(orders, Sort.by(Field.CREATED_AT, Direction.ASC));
    }
}
