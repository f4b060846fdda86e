package io.agencyos.graphql;

import java.util.concurrent.Flow;

import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.MultiSubscriber;

/**
 * Brings a client one by one what an operation yields: the next when there is room for it. Every message to every
 * subscriber goes through here.
 */
final class Delivery implements MultiSubscriber<Answer>, Cancellable {

    private final Line line;
    private Flow.Subscription answers;
    private boolean cancelled;

    /** The way to the client. */
    interface Line {

        /** Sends an answer, and tells {@code delivery} when it is {@linkplain Delivery#taken taken}. */
        void send(Answer answer, Delivery delivery);

        /** Nothing more comes, for this reason. */
        void fail(Throwable failure);

        /** Nothing more comes. */
        void finish();
    }

    Delivery(Line line) {
        this.line = line;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        synchronized (this) {
            answers = subscription;
        }
        if (isCancelled()) subscription.cancel();
        else subscription.request(1);
    }

    /** The client has made room for the next. */
    void taken() {
        answers.request(1);
    }

    @Override
    public void onItem(Answer answer) {
        if (!isCancelled()) line.send(answer, this);
    }

    @Override
    public void onFailure(Throwable failure) {
        if (!isCancelled()) line.fail(failure);
    }

    @Override
    public void onCompletion() {
        if (!isCancelled()) line.finish();
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Ends it, perhaps before it has begun. */
    @Override
    public void cancel() {
        Flow.Subscription begun;
        synchronized (this) {
            cancelled = true;
            begun = answers;
        }
        if (begun != null) begun.cancel();
    }
}
