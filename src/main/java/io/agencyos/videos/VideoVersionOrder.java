package io.agencyos.videos;

import java.util.List;

import io.agencyos.db.Direction;
import io.agencyos.db.Ordering;
import io.agencyos.db.Sort;
import io.agencyos.db.SortField;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

@Input("VideoVersionOrder")
@Description("What versions are ordered by")
public record VideoVersionOrder(
        @NonNull @Description("The field to sort by") Field field,

        @DefaultValue("ASC") @Description("Ascending or descending")
        Direction direction)
        implements Ordering {

    @org.eclipse.microprofile.graphql.Enum("VideoVersionOrderField")
    @Description("What versions can be ordered by")
    public enum Field implements SortField {
        @Description("Which version of its video it is")
        VERSION_NUMBER,
        @Description("When it was uploaded")
        CREATED_AT;

        @Override
        public String type() {
            return this == VERSION_NUMBER ? "integer" : SortField.super.type();
        }
    }

    /** The ordering asked for, or the latest version first. */
    public static List<Sort> sorts(List<VideoVersionOrder> orders) {
        return Sort.of(orders, Sort.by(Field.VERSION_NUMBER, Direction.DESC));
    }
}
