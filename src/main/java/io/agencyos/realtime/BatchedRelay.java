package io.agencyos.realtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.ByteBufUtil;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import org.jboss.logging.Logger;

/**
 * What both relays have in common: messages are gathered into numbered envelopes, one batch of which is under way at a
 * time. A batch that fails is sent again as it was; who has had it already knows by the number.
 */
abstract class BatchedRelay implements Relay {

    private static final Logger LOG = Logger.getLogger(BatchedRelay.class);
    private static final int PAUSE_MS = 20;
    private static final int PAUSE_AFTER_FAILURE_MS = 250;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_WAITING = 20_000;
    private static final int MOST_ENVELOPES = 64;
    /** PostgreSQL takes less than 8000 bytes. */
    private static final int FULL = 7_900;

    private final Vertx vertx;
    private final Context loop;
    private final String me = UUID.randomUUID().toString();
    private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();
    private final Cache<String, Long> heard =
            Caffeine.newBuilder().expireAfterAccess(Duration.ofHours(1)).build();
    private final Counter sentMessages;
    private final Counter heardMessages;
    private final Counter droppedMessages;
    private final Counter sentEnvelopes;
    private final Counter heardEnvelopes;

    // guarded by itself: the messages that are not in an envelope yet, framed
    private final Deque<String> waiting = new ArrayDeque<>();
    private boolean busy;

    // touched on the loop alone
    private List<String> underWay = List.of();
    private String lastFailure;
    private long number;

    BatchedRelay(Vertx vertx, MeterRegistry meters) {
        this.vertx = vertx;
        this.loop = ((VertxInternal) vertx).createEventLoopContext();
        this.sentMessages = meters.counter("agency.relay.messages", "direction", "sent");
        this.heardMessages = meters.counter("agency.relay.messages", "direction", "heard");
        this.sentEnvelopes = meters.counter("agency.relay.envelopes", "direction", "sent");
        this.heardEnvelopes = meters.counter("agency.relay.envelopes", "direction", "heard");
        this.droppedMessages = meters.counter("agency.relay.dropped");
    }

    /** Takes envelopes to all replicas, in this order; fails when they may not have arrived. */
    abstract Uni<Void> carry(List<String> envelopes);

    @Override
    public void listen(String channel, Consumer<String> hears) {
        listeners.computeIfAbsent(channel, x -> new CopyOnWriteArrayList<>()).add(hears);
    }

    @Override
    public void send(String channel, String message) {
        if (ByteBufUtil.utf8Bytes(message) > LONGEST)
            throw new IllegalArgumentException("A message between replicas has at most " + LONGEST + " bytes");
        if (enqueue(new Envelope.Message(channel, message).framed())) loop.runOnContext(x -> fill());
    }

    /** Whether nothing was under way, so that somebody has to begin. */
    private boolean enqueue(String framed) {
        synchronized (waiting) {
            waiting.add(framed);
            if (waiting.size() > MOST_WAITING) {
                waiting.remove();
                droppedMessages.increment();
            }
            var idle = !busy;
            busy = true;
            return idle;
        }
    }

    private void fill() {
        underWay = envelopes();
        if (!underWay.isEmpty()) carryOn();
    }

    private void carryOn() {
        carry(underWay)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .subscribe()
                .with(x -> loop.runOnContext(y -> arrived()), this::failed);
    }

    private void arrived() {
        lastFailure = null;
        vertx.setTimer(PAUSE_MS, x -> fill());
    }

    private void failed(Throwable failure) {
        loop.runOnContext(x -> {
            var reason = String.valueOf(failure.getMessage());
            if (!reason.equals(lastFailure)) LOG.warnf("The other replicas cannot be told: %s", reason);
            lastFailure = reason;
            vertx.setTimer(PAUSE_AFTER_FAILURE_MS, y -> carryOn());
        });
    }

    private List<String> envelopes() {
        var envelopes = new ArrayList<String>();
        synchronized (waiting) {
            while (!waiting.isEmpty() && envelopes.size() < MOST_ENVELOPES) envelopes.add(envelope());
            busy = !envelopes.isEmpty();
        }
        return envelopes;
    }

    /** As many of those that wait as go into one. */
    private String envelope() {
        sentEnvelopes.increment();
        var envelope = new StringBuilder(Envelope.head(me, ++number));
        var size = envelope.length();
        do {
            var message = waiting.remove();
            envelope.append(message);
            size += ByteBufUtil.utf8Bytes(message);
            sentMessages.increment();
        } while (!waiting.isEmpty() && size + ByteBufUtil.utf8Bytes(waiting.peek()) < FULL);
        return envelope.toString();
    }

    /** Hands what is in an envelope to whom it is for, unless it is our own or has come before. */
    void hear(String text) {
        try {
            var envelope = Envelope.of(text);
            if (isNews(envelope)) envelope.messages().forEach(this::tell);
        } catch (IllegalArgumentException e) {
            LOG.warn("Something that is no envelope came from another replica, and is left");
        }
    }

    private boolean isNews(Envelope envelope) {
        if (envelope.sender().equals(me)) return false;
        var last = heard.getIfPresent(envelope.sender());
        if (last != null && envelope.number() <= last) return false;
        heardEnvelopes.increment();
        heard.put(envelope.sender(), envelope.number());
        return true;
    }

    private void tell(Envelope.Message message) {
        heardMessages.increment();
        for (var listener : listeners.getOrDefault(message.channel(), List.of())) {
            try {
                listener.accept(message.text());
            } catch (RuntimeException e) {
                LOG.error("Somebody who heard another replica failed", e);
            }
        }
    }
}
