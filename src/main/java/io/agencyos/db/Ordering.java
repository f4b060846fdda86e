package io.agencyos.db;

/** One element of a list's {@code orderBy}. An input record per type implements it. */
public interface Ordering {

    /** By what. */
    SortField field();

    /** Which way; null is ascending. */
    Direction direction();
}
