package io.agencyos.db;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list, and how to go on.
 *
 * @param rows the rows, in the list's order
 * @param hasNext whether rows follow
 * @param hasPrevious whether rows precede
 * @param cursor the cursor of a row
 * @param count the statement that counts the whole list
 */
public record Slice<T>(List<T> rows, boolean hasNext, boolean hasPrevious, Function<T, String> cursor, Sql count) {}
