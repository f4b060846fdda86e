package io.agencyos.assets;

import java.util.List;

import io.agencyos.db.Direction;
import io.agencyos.db.Ordering;
import io.agencyos.db.Sort;
import io.agencyos.db.SortField;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

@Input("AssetOrder")
@Description("What assets are ordered by")
public record AssetOrder(
        @NonNull @Description("The field to sort by") Field field,

        @DefaultValue("ASC") @Description("Ascending or descending")
        Direction direction)
        implements Ordering {

    @org.eclipse.microprofile.graphql.Enum("AssetOrderField")
    @Description("What assets can be ordered by")
    public enum Field implements SortField {
        @Description("When it was made")
        CREATED_AT,
        @Description("Name")
        NAME,
        @Description("Which version of its file it is")
        VERSION_NUMBER;

        @Override
        public String type() {
            return this == VERSION_NUMBER ? "integer" : SortField.super.type();
        }
    }

    /** The ordering asked for, or the newest first. */
    public static List<Sort> sorts(List<AssetOrder> orders) {
        return Sort.of(orders, Sort.by(Field.CREATED_AT, Direction.DESC));
    }

    /** The ordering asked for, or the latest version of a file first. */
    public static List<Sort> versions(List<AssetOrder> orders) {
        return Sort.of(orders, Sort.by(Field.VERSION_NUMBER, Direction.DESC));
    }
}
