package io.agencyos.db;

/**
 * Which part of a list is wanted, after the Relay cursor connections specification.
 *
 * @param first how many rows from the start, 0 to {@value #MAX_SIZE}, or null
 * @param after behind which row, or null
 * @param last how many rows from the end, or null
 * @param before before which row, or null
 */
public record Page(Integer first, String after, Integer last, String before) {

    /** How many rows a page has when nothing is asked. */
    public static final int DEFAULT_SIZE = 50;
    /** How many rows a page has at most. */
    public static final int MAX_SIZE = 100;

    /**
     * The same, if the arguments make sense together.
     *
     * @throws Refusal VALIDATION_FAILED when they contradict each other or are out of range
     */
    Page checked() {
        if (first != null && last != null) throw Refusal.invalid("last", "Give first or last, not both");
        if (after != null && before != null) throw Refusal.invalid("before", "Give after or before, not both");
        if (last == null && before != null) throw Refusal.invalid("before", "before goes with last");
        if (last != null && after != null) throw Refusal.invalid("after", "after goes with first");
        checkRange("first", first);
        checkRange("last", last);
        return this;
    }

    private static void checkRange(String field, Integer asked) {
        if (asked != null && (asked < 0 || asked > MAX_SIZE))
            throw Refusal.invalid(field, field + " must be between 0 and " + MAX_SIZE);
    }

    /** How many rows. */
    int size() {
        if (last != null) return last;
        return first == null ? DEFAULT_SIZE : first;
    }

    /** Behind (or, backward, before) which row, or null for the end of the list. */
    String cursor() {
        return last == null ? after : before;
    }

    /** Whether the page ends at the cursor instead of starting there. */
    boolean backward() {
        return last != null;
    }
}
