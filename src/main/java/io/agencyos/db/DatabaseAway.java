package io.agencyos.db;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.core.JacksonException;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.DatabaseException;
import org.jboss.logging.Logger;

/** The database is away: it stops, it starts, or nothing leads there. That passes, and nobody here has made a mistake. */
public final class DatabaseAway extends IllegalStateException {

    private static final long SPACING_MS = 1_000;

    /** Ended by an operator, by a crash; not yet ready; too many clients. Of PostgreSQL's appendix A. */
    private static final Set<String> PASSING = Set.of("57P01", "57P02", "57P03", "53300");

    private static final String CONNECTION = "08";
    private static final Map<String, AtomicLong> NEXT = new ConcurrentHashMap<>();

    DatabaseAway(Throwable cause) {
        // its words alone would be those of a client that hangs up
        super("The database cannot be reached", cause);
    }

    /** Whether that is what {@code failure} comes from. */
    public static boolean isBehind(Throwable failure) {
        for (var t = failure; t != null; t = t.getCause()) if (t instanceof DatabaseAway) return true;
        return false;
    }

    /** Whether the driver says so. */
    static boolean isSaidBy(Throwable failure) {
        if (failure instanceof CompositeException several)
            return several.getCauses().stream().anyMatch(DatabaseAway::isSaidBy);
        return isOfTheNetwork(failure) || failure.getCause() != null && isSaidBy(failure.getCause());
    }

    /** What Jackson cannot read or write is an {@link IOException} as well, and of another kind. */
    private static boolean isOfTheNetwork(Throwable failure) {
        if (failure instanceof DatabaseException said)
            return said instanceof PgException e && isPassing(e.getSqlState());
        return failure instanceof IOException && !(failure instanceof JacksonException)
                // what the driver says of connections: that one was closed, or that none was to be had in time
                || failure instanceof VertxException
                || failure instanceof NoStackTraceThrowable;
    }

    private static boolean isPassing(String state) {
        return state != null && (PASSING.contains(state) || state.startsWith(CONNECTION));
    }

    /**
     * Logs what failed, with its trace. Where the database is away that is a line without one, and one a second at most of
     * each logger, as everybody fails then.
     */
    public static void log(Logger log, String what, Throwable failure) {
        if (isBehind(failure)) warn(log, what, failure);
        else log.error(what, failure);
    }

    /** A line on what has to be tried again, and one a second at most of each logger. */
    public static void warn(Logger log, String what, Throwable failure) {
        if (isDue(log)) log.warnf("%s: %s", what, words(failure));
    }

    /** {@code job}, which is done again soon: that the database is away is a line in the log and no failure. */
    public static <T> Uni<T> passing(Logger log, String what, Uni<T> job) {
        return job.onFailure(DatabaseAway::isBehind).recoverWithUni(away -> {
            warn(log, what, away);
            return Uni.createFrom().nullItem();
        });
    }

    private static String words(Throwable failure) {
        var cause = failure instanceof DatabaseAway ? failure.getCause() : null;
        return cause == null ? failure.getMessage() : failure.getMessage() + " (" + cause.getMessage() + ")";
    }

    private static boolean isDue(Logger log) {
        var now = System.nanoTime();
        var next = NEXT.computeIfAbsent(log.getName(), x -> new AtomicLong(now));
        var due = next.get();
        return now - due >= 0 && next.compareAndSet(due, now + SPACING_MS * 1_000_000);
    }
}
