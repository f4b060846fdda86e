package io.agencyos.profiles;

import java.util.List;

import io.agencyos.db.Direction;
import io.agencyos.db.Ordering;
import io.agencyos.db.Sort;
import io.agencyos.db.SortField;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

@Input("ProfileOrder")
@Description("What people are ordered by")
public record ProfileOrder(
        @NonNull @Description("The field to sort by") Field field,

        @DefaultValue("ASC") @Description("Ascending or descending")
        Direction direction)
        implements Ordering {

    @org.eclipse.microprofile.graphql.Enum("ProfileOrderField")
    @Description("What people can be ordered by")
    public enum Field implements SortField {
        @Description("First name")
        FIRST_NAME,
        @Description("Last name")
        LAST_NAME,
        @Description("When the profile was made")
        CREATED_AT;

        @Override
        public boolean nullable() {
            return this != CREATED_AT;
        }
    }

    /** The ordering asked for, or the default. */
    public static List<Sort> sorts(List<ProfileOrder> orders) {
        return Sort.of(orders, Sort.by(Field.LAST_NAME, Direction.ASC));
    }
}
