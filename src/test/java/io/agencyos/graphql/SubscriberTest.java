package io.agencyos.graphql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

import graphql.ExecutionResultImpl;
import io.agencyos.db.ErrorCode;
import io.agencyos.db.Refusal;
import io.agencyos.realtime.Position;
import io.agencyos.realtime.RightsChanged;
import io.agencyos.realtime.Start;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SubscriberTest {

    private static final Start START = new Start(new Position(10, 1), Set.of(), Set.of(new Position(11, 3)));

    private final Subscriber subscriber = new Subscriber(2, new AtomicLong());
    private final Taker taker = new Taker();

    /** Takes as much as it asks for. */
    private static final class Taker implements MultiSubscriber<Told> {
        private final List<Told> taken = new ArrayList<>();
        private Flow.Subscription subscription;
        private Throwable failure;
        private boolean broken;

        @Override
        public void onSubscribe(Flow.Subscription upstream) {
            subscription = upstream;
        }

        @Override
        public void onItem(Told item) {
            if (broken) throw new IllegalStateException("broken");
            taken.add(item);
        }

        @Override
        public void onFailure(Throwable cause) {
            failure = cause;
        }

        @Override
        public void onCompletion() {
            throw new AssertionError("A stream has no end of its own");
        }
    }

    @Test
    void whatIsNotTakenWaitsInOrder() {
        begin();
        assertTrue(tell(12));
        assertTrue(tell(13));
        assertEquals(0, taker.taken.size());
        taker.subscription.request(1);
        assertEquals(1, taker.taken.size());
        taker.subscription.request(5);
        assertEquals(2, taker.taken.size());
        assertTrue(tell(14));
        assertEquals(3, taker.taken.size());
    }

    @Test
    void whatWasToldBeforeIsNotToldAgain() {
        begin();
        taker.subscription.request(Long.MAX_VALUE);
        assertTrue(tell(10));
        assertEquals(0, taker.taken.size());
    }

    @Test
    void whoLetsTheQueueFillUpIsToldToReadAnewAndNothingElse() {
        begin();
        assertTrue(tell(12));
        assertTrue(tell(13));
        assertFalse(tell(14));
        subscriber.overflow();
        assertEquals(ErrorCode.RESYNC_REQUIRED, ((Refusal) taker.failure).code());
        taker.subscription.request(Long.MAX_VALUE);
        assertTrue(tell(15));
        assertEquals(0, taker.taken.size());
    }

    @Test
    void whatWaitsTakesSoManyBytesAtMostButOneEventMayTakeMore() {
        var large = begin(new Subscriber(1000, new AtomicLong()), taker);
        var size = (int) Subscriber.MOST_BYTES;
        assertTrue(large.tell(event(12, size + 1)));
        assertFalse(large.tell(event(13, 1)));
        taker.subscription.request(1);
        assertTrue(large.tell(event(13, size / 2)));
        assertTrue(large.tell(event(14, size / 4)));
        assertFalse(large.tell(event(15, size / 4)));
    }

    @Test
    void whatWaitsForAllStreamsOfAPersonTakesSoManyBytesAtMost() {
        var waiting = new AtomicLong(Subscriber.MOST_OF_PERSON - 1_000);
        var one = begin(new Subscriber(1000, waiting), new Taker());
        var taking = new Taker();
        var other = begin(new Subscriber(1000, waiting), taking);
        assertTrue(one.tell(event(12, 900)));
        assertFalse(one.tell(event(13, 900)));
        assertFalse(other.tell(event(12, 900)));
        taking.subscription.request(1);
        assertTrue(other.tell(event(12, 900)), "whoever takes it at once is not slow");
        one.cancel();
        assertEquals(Subscriber.MOST_OF_PERSON - 1_000, waiting.get());
    }

    private static Subscriber begin(Subscriber subscriber, Taker taker) {
        subscriber.subscribe(taker);
        subscriber.begin(START);
        subscriber.startAt(START.position());
        return subscriber;
    }

    @Test
    void whoBreaksDownIsLeftOutAndDisturbsNobody() {
        taker.broken = true;
        begin();
        taker.subscription.request(Long.MAX_VALUE);
        assertTrue(tell(12));
        assertTrue(tell(13));
        assertEquals(0, taker.taken.size());
    }

    @Test
    void whoHasLeftIsToldNothing() {
        begin();
        taker.subscription.request(Long.MAX_VALUE);
        taker.subscription.cancel();
        tell(12);
        subscriber.overflow();
        assertEquals(0, taker.taken.size());
        assertNull(taker.failure);
    }

    @Test
    void rightsThatChangedBeforeItBeganEndNothing() {
        subscriber.rightsChanged(changed(9, 1));
        begin();
        subscriber.rightsChanged(changed(10, 1));
        subscriber.rightsChanged(changed(11, 3));
        assertNull(subscriber.failure());
    }

    @Test
    void rightsThatChangeAfterItBeganEndIt() {
        begin();
        subscriber.rightsChanged(changed(11, 2));
        assertEquals(ErrorCode.RESYNC_REQUIRED, ((Refusal) taker.failure).code());
    }

    @Test
    void rightsThatChangeWhileItBeginsEndItWhenItsStartDidNotHaveThem() {
        subscriber.rightsChanged(changed(12, 1));
        begin();
        assertEquals(ErrorCode.RESYNC_REQUIRED, ((Refusal) subscriber.failure()).code());
    }

    private void begin() {
        begin(subscriber, taker);
    }

    private boolean tell(long xid) {
        return subscriber.tell(event(xid, 0));
    }

    private static Telling.Event event(long xid, int bytes) {
        var data = new BreadthFirst.Data(new JsonWriter().raw(new byte[bytes]), true);
        return new Telling.Event(new Position(xid, 1), new Told(new ExecutionResultImpl(data, List.of())));
    }

    private static RightsChanged changed(long xid, long seq) {
        return new RightsChanged(new Position(xid, seq), Set.of(), false);
    }
}
