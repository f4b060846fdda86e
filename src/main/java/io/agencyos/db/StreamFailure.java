package io.agencyos.db;

import java.util.concurrent.atomic.AtomicReference;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Why the stream of a subscription ended, when it did not end well. SmallRye makes one more result of a stream's
 * failure; so a stream ends, says here why, and the edge tells the client.
 */
public final class StreamFailure {

    private static final String KEY = StreamFailure.class.getName();

    private final AtomicReference<Throwable> reason = new AtomicReference<>();

    /** The place for the operation that runs on {@code context}. */
    public static StreamFailure on(Context context) {
        var place = new StreamFailure();
        context.putLocal(KEY, place);
        return place;
    }

    /** The place of the current operation. */
    public static StreamFailure current() {
        return Vertx.currentContext().getLocal(KEY);
    }

    /** Says why. */
    public void report(Throwable failure) {
        reason.set(failure);
    }

    /** Why, or null when the stream ended well. */
    public Throwable reason() {
        return reason.get();
    }
}
