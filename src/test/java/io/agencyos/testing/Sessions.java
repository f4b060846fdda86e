package io.agencyos.testing;

import java.util.List;

/** The application's connections, as PostgreSQL sees them. */
public final class Sessions {

    static final String OURS = "select count(*) from pg_stat_activity where usename = 'agency_app'"
            + " and application_name = 'agency-os' and datname = current_database() and ";

    private static final String BUSY =
            OURS.replace("count(*)", "state || ' on ' || coalesce(wait_event, '-') || ': ' || query")
                    + "state <> 'idle'";

    private Sessions() {}

    /** How many wait for a lock. */
    public static int waiting() {
        return count("state = 'active' and wait_event_type = 'Lock'");
    }

    /** Until so many wait for a lock. */
    public static void awaitWaiting(int many) {
        Await.until(() -> waiting() == many, () -> many + " were to wait, but this is so: " + Psql.column(BUSY));
    }

    /** Until none is in a transaction. */
    public static void awaitAllIdle() {
        Await.value(List.of(), () -> Psql.column(BUSY));
    }

    private static int count(String condition) {
        return Integer.parseInt(Psql.column(OURS + condition).get(0));
    }
}
