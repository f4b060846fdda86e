package io.agencyos.requests;

import java.util.List;

import io.agencyos.db.Direction;
import io.agencyos.db.Ordering;
import io.agencyos.db.Sort;
import io.agencyos.db.SortField;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

@Input("RequestOrder")
@Description("What requests are ordered by")
public record RequestOrder(
        @NonNull @Description("The field to sort by") Field field,

        @DefaultValue("ASC") @Description("Ascending or descending")
        Direction direction)
        implements Ordering {

    @org.eclipse.microprofile.graphql.Enum("RequestOrderField")
    @Description("What requests can be ordered by")
    public enum Field implements SortField {
        @Description("When it was made")
        CREATED_AT,
        @Description("When it last changed")
        UPDATED_AT,
        @Description("When it has to be done")
        DUE_DATE,
        @Description("How urgent it is")
        PRIORITY,
        @Description("Where it stands, in the order of the status machine")
        STATUS,
        @Description("Title")
        TITLE;

        @Override
        public String type() {
            return this == PRIORITY ? "request_priority" : this == STATUS ? "request_status" : SortField.super.type();
        }

        @Override
        public boolean nullable() {
            return this == DUE_DATE;
        }
    }

    /** The ordering asked for, or the newest first. */
    public static List<Sort> sorts(List<RequestOrder> orders) {
        return Sort.of(orders, Sort.by(Field.CREATED_AT, Direction.DESC));
    }
}
