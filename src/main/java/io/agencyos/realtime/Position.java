package io.agencyos.realtime;

import io.agencyos.db.Refusal;

/**
 * A place in the change log. Neither serial numbers nor clocks follow commit order, but rows of transactions below a
 * snapshot's horizon are all there: so the place is the transaction's id and the row's number in the log.
 *
 * @param xid the transaction (PostgreSQL's xid8)
 * @param seq the number of the row in the log; 0 stands before all rows of the transaction
 */
public record Position(long xid, long seq) implements Comparable<Position> {

    /**
     * The place that a cursor names.
     *
     * @throws Refusal VALIDATION_FAILED when it is no cursor of ours
     */
    static Position of(String cursor) {
        if (!cursor.matches("\\d{1,18}\\.\\d{1,18}"))
            throw Refusal.invalid("after", "after is not a cursor of this stream");
        var dot = cursor.indexOf('.');
        return new Position(Long.parseLong(cursor.substring(0, dot)), Long.parseLong(cursor.substring(dot + 1)));
    }

    String cursor() {
        return xid + "." + seq;
    }

    /** Whether this place lies behind {@code other}. */
    public boolean isAfter(Position other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Position other) {
        var first = Long.compare(xid, other.xid);
        return first != 0 ? first : Long.compare(seq, other.seq);
    }
}
