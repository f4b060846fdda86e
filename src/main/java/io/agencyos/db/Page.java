package io.agencyos.db;

/**
 * Which part of a list is wanted, after the Relay cursor connections specification.
 *
 * @param size how many rows, 0 to 100
 * @param cursor behind (or, backward, before) which row, or null for the end of the list
 * @param backward whether the page ends at the cursor instead of starting there
 */
public record Page(int size, String cursor, boolean backward) {

    public static final int DEFAULT_SIZE = 50;
    public static final int MAX_SIZE = 100;

    /**
     * The page that a connection's arguments ask for.
     *
     * @throws Refusal VALIDATION_FAILED when they contradict each other or are out of range
     */
    public static Page of(Integer first, String after, Integer last, String before) {
        if (first != null && last != null) throw Refusal.invalid("last", "Give first or last, not both");
        if (after != null && before != null) throw Refusal.invalid("before", "Give after or before, not both");
        if (last == null && before != null) throw Refusal.invalid("before", "before goes with last");
        if (last != null && after != null) throw Refusal.invalid("after", "after goes with first");
        return last == null ? new Page(size("first", first), after, false) : new Page(size("last", last), before, true);
    }

    private static int size(String field, Integer asked) {
        if (asked == null) return DEFAULT_SIZE;
        if (asked < 0 || asked > MAX_SIZE) throw Refusal.invalid(field, field + " must be between 0 and " + MAX_SIZE);
        return asked;
    }
}
