package io.agencyos.graphql;

import java.util.ArrayList;
import java.util.List;

/** In what our execution and graphql-java's own have differed so far. */
final class Differences {

    private static final List<String> FOUND = new ArrayList<>();
    private static int compared;

    private Differences() {}

    static synchronized void add(String difference) {
        FOUND.add(difference);
    }

    static synchronized void count() {
        compared++;
    }

    /** How many results were compared. */
    static synchronized int compared() {
        return compared;
    }

    /** What was found since the last time. */
    static synchronized List<String> take() {
        var found = List.copyOf(FOUND);
        FOUND.clear();
        return found;
    }
}
