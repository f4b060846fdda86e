package io.agencyos.tasks;

import java.util.List;

import io.agencyos.db.Direction;
import io.agencyos.db.Ordering;
import io.agencyos.db.Sort;
import io.agencyos.db.SortField;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

@Input("ProjectTaskOrder")
@Description("What tasks are ordered by")
public record ProjectTaskOrder(
        @NonNull @Description("The field to sort by") Field field,

        @DefaultValue("ASC") @Description("Ascending or descending")
        Direction direction)
        implements Ordering {

    @org.eclipse.microprofile.graphql.Enum("ProjectTaskOrderField")
    @Description("What tasks can be ordered by")
    public enum Field implements SortField {
        @Description("The place that people gave it")
        SORT_ORDER,
        @Description("When it was made")
        CREATED_AT,
        @Description("When it has to be done")
        DUE_DATE,
        @Description("Title")
        TITLE;

        @Override
        public String type() {
            return this == SORT_ORDER ? "integer" : SortField.super.type();
        }

        @Override
        public boolean nullable() {
            return this == DUE_DATE;
        }
    }

    /** The ordering asked for, or that which people gave the tasks. */
    public static List<Sort> sorts(List<ProjectTaskOrder> orders) {
        return Sort.of(orders, Sort.by(Field.SORT_ORDER, Direction.ASC));
    }
}
