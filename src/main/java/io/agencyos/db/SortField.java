package io.agencyos.db;

/** One thing a list can be ordered by. An enum per type implements it. */
public interface SortField {

    /** The enum constant's name, which is the column's in upper case. */
    String name();

    /** The column. */
    default String column() {
        return LowerCase.of((Enum<?>) this);
    }

    /** PostgreSQL's name of the column's type, so that a cursor's text can become a value again. */
    default String type() {
        return column().endsWith("_at") || column().endsWith("_date") ? "timestamptz" : "text";
    }

    /** Whether the column can be null. */
    default boolean nullable() {
        return false;
    }
}
