package io.agencyos.db;

import java.util.function.Function;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * The units of work of one GraphQL operation, one after the other, so that it never holds two connections: all its
 * reads share one unit, and each write ends that, has one of its own, and lets the reads that follow begin anew.
 */
public final class Units {

    private static final String KEY = Units.class.getName();

    private final Function<Units, ReadUnit> begin;
    private ReadUnit reading;
    private WriteUnit writing;
    private boolean writable;
    private boolean query;
    private String place;
    private boolean cancelled;

    Units(Function<Units, ReadUnit> begin) {
        this.begin = begin;
    }

    /** Makes these the units of whatever runs on {@code context}. */
    Units on(Context context) {
        context.putLocal(KEY, this);
        return this;
    }

    /** Those of the operation that runs here, or null outside of any. */
    public static Units current() {
        var context = Vertx.currentContext();
        return context == null || !VertxContext.isDuplicatedContext(context) ? null : context.getLocal(KEY);
    }

    /** From now on the operation may write: it is a mutation. */
    public void allowWrites() {
        writable = true;
    }

    /** Whether it may write. */
    public boolean isMutation() {
        return writable;
    }

    /**
     * The operation is a query, which may be answered from a replica.
     *
     * @param place up to where in the write-ahead log that has to have come at least, or null
     */
    public void onlyReads(String place) {
        this.query = true;
        this.place = place;
    }

    boolean isQuery() {
        return query;
    }

    String place() {
        return place;
    }

    <T> Uni<T> read(Function<Reads, Uni<T>> work) {
        if (cancelled) return Uni.createFrom().failure(abandoned());
        if (reading == null) reading = begin.apply(this);
        return work.apply(new Reads(reading));
    }

    <T> Uni<T> write(WriteUnit unit, Uni<T> work) {
        if (!writable) return Uni.createFrom().failure(new IllegalStateException("Only a mutation may write"));
        return end().chain(() -> {
            if (cancelled) return Uni.createFrom().failure(abandoned());
            writing = unit;
            return work.onTermination().invoke(() -> writing = null);
        });
    }

    static Refusal abandoned() {
        return new Refusal(ErrorCode.LIMIT_EXCEEDED, "The operation was given up");
    }

    /** Ends the unit of the reads so far; further reads begin another one. */
    public Uni<Void> end() {
        var ended = reading;
        reading = null;
        return ended == null ? Uni.createFrom().voidItem() : UniHelper.toUni(ended.end());
    }

    /** Gives up what runs, down to the statement, and begins nothing more. */
    public void cancel() {
        cancelled = true;
        if (writing != null) writing.cancel();
        if (reading != null) reading.cancel();
        reading = null;
    }
}
