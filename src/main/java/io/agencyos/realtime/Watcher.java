package io.agencyos.realtime;

/** Somebody who waits for changes of certain topics. */
public interface Watcher {

    /** There are changes of its topics behind {@code from}, up to {@code to}. */
    void changed(Position from, Position to);

    /**
     * What it watches the changes of may be gone, or under somebody else: rows behind {@code from} say so, and the last
     * of them is at {@code at}. It is told of that before it is told of the changes there.
     */
    void moved(Position from, Position at);

    /** The log is not the one that it was: the database has been set back. */
    void lost();
}
