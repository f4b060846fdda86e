package io.agencyos.db;

import java.util.List;

/**
 * One page of a list, and how to go on.
 *
 * @param rows the rows, in the list's order
 * @param hasNext whether rows follow
 * @param hasPrevious whether rows precede
 * @param keyset the list, or the lists of which it is one
 * @param list which of them
 */
public record Slice<T>(List<T> rows, boolean hasNext, boolean hasPrevious, Keyset<T> keyset, int list) {

    /** The place of a row, to page on from. */
    public String cursor(T row) {
        return keyset.cursor(row);
    }
}
