package io.agencyos.realtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The ids of rows that are there, as far as the writers know. */
final class SoakRows {

    private static final int HOT = 3;

    private final List<String> ids = new ArrayList<>();

    synchronized void add(String id) {
        ids.add(id);
    }

    synchronized void remove(String id) {
        ids.remove(id);
    }

    synchronized int size() {
        return ids.size();
    }

    /** Any of them, half of the time one of the newest, so that many want the same. */
    synchronized String any(Random random) {
        var from = random.nextBoolean() ? Math.max(0, ids.size() - HOT) : 0;
        return ids.get(from + random.nextInt(ids.size() - from));
    }

    synchronized String last() {
        return ids.get(ids.size() - 1);
    }
}
