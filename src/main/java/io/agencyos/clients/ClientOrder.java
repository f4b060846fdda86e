package io.agencyos.clients;

import java.util.List;

import io.agencyos.db.Direction;
import io.agencyos.db.Ordering;
import io.agencyos.db.Sort;
import io.agencyos.db.SortField;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

@Input("ClientOrder")
@Description("What clients are ordered by")
public record ClientOrder(
        @NonNull @Description("The field to sort by") Field field,

        @DefaultValue("ASC") @Description("Ascending or descending")
        Direction direction)
        implements Ordering {

    @org.eclipse.microprofile.graphql.Enum("ClientOrderField")
    @Description("What clients can be ordered by")
    public enum Field implements SortField {
        @Description("Name")
        NAME,
        @Description("Status")
        STATUS,
        @Description("When it was made")
        CREATED_AT,
        @Description("When it last changed")
        UPDATED_AT
    }

    /** The ordering asked for, or the default. */
    public static List<Sort> sorts(List<ClientOrder> orders) {
        return Sort.of(orders, Sort.by(Field.NAME, Direction.ASC));
    }
}
