package io.agencyos.realtime;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.stream.ReactiveStreamCommands;
import io.quarkus.redis.datasource.stream.StreamMessage;
import io.quarkus.redis.datasource.stream.StreamRange;
import io.quarkus.redis.datasource.stream.XAddArgs;
import io.quarkus.redis.datasource.stream.XReadArgs;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import org.jboss.logging.Logger;

/**
 * The relay for installations with many replicas: a Redis stream. A connection of its own waits for what is added; when
 * it is lost another one goes on behind what was read last, so that a short loss loses nothing.
 */
final class RedisRelay extends BatchedRelay {

    private static final Logger LOG = Logger.getLogger(RedisRelay.class);
    private static final String STREAM = "agency:relay";
    private static final String FIELD = "envelope";
    private static final String BEGINNING = "0-0";
    private static final long KEPT = 10_000;
    private static final int AT_A_TIME = 500;
    private static final Duration BLOCK = Duration.ofSeconds(5);
    private static final long PATIENCE_MS = 15_000;
    private static final long PAUSE_MS = 250;
    private static final Comparator<String> BY_AGE =
            Comparator.<String>comparingLong(id -> part(id, 0)).thenComparingLong(id -> part(id, 1));

    private final ReactiveRedisDataSource redis;
    private final Vertx vertx;
    private final Context loop;

    // touched on the loop alone
    private String last;
    private Cancellable reading = () -> {};
    private long answered;
    private boolean failing;
    private boolean closed;

    RedisRelay(ReactiveRedisDataSource redis, Vertx vertx, MeterRegistry meters) {
        super(vertx, meters);
        this.redis = redis;
        this.vertx = vertx;
        this.loop = ((VertxInternal) vertx).createEventLoopContext();
        loop.runOnContext(x -> {
            read();
            vertx.setPeriodic(PATIENCE_MS, y -> look());
        });
    }

    @Override
    Uni<Void> carry(List<String> envelopes) {
        var limited = new XAddArgs().maxlen(KEPT).nearlyExactTrimming();
        var stream = redis.stream(String.class);
        return Multi.createFrom()
                .iterable(envelopes)
                .onItem()
                .transformToUniAndConcatenate(envelope -> stream.xadd(STREAM, limited, Map.of(FIELD, envelope)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private void read() {
        if (closed) return;
        answered = System.nanoTime();
        try {
            reading = redis.withConnection(mine -> readOn(mine.stream(String.class)))
                    .subscribe()
                    .with(x -> {}, failure -> loop.runOnContext(x -> failed(failure)));
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private Uni<Void> readOn(ReactiveStreamCommands<String, String, String> stream) {
        var block = new XReadArgs().block(BLOCK).count(AT_A_TIME);
        return stream.xrevrange(STREAM, StreamRange.of("+", "-"), 1)
                .invoke(newest -> last =
                        start(newest.isEmpty() ? BEGINNING : newest.get(0).id()))
                .chain(x -> Multi.createBy()
                        .repeating()
                        .uni(() -> stream.xread(STREAM, last, block))
                        .indefinitely()
                        .onItem()
                        .invoke(this::take)
                        .collect()
                        .last()
                        .replaceWithVoid());
    }

    /** From now on; or behind what was read last, unless the stream has begun anew since. */
    private String start(String newest) {
        if (last == null) return newest;
        return BY_AGE.compare(newest, last) < 0 ? BEGINNING : last;
    }

    private static long part(String id, int which) {
        return Long.parseLong(id.split("-")[which]);
    }

    private void take(List<StreamMessage<String, String, String>> messages) {
        answered = System.nanoTime();
        failing = false;
        for (var message : messages) {
            last = message.id();
            hear(message.payload().get(FIELD));
        }
    }

    private void failed(Throwable failure) {
        if (!failing && !closed) LOG.warnf("Other replicas cannot be heard: %s", failure.getMessage());
        failing = true;
        vertx.setTimer(PAUSE_MS, x -> read());
    }

    /** Redis answers in time even when it has nothing to tell; if it does not, the connection is dead. */
    private void look() {
        if (System.nanoTime() - answered < Duration.ofMillis(PATIENCE_MS).toNanos()) return;
        reading.cancel();
        read();
    }

    /** Reads no more. */
    void close() {
        loop.runOnContext(x -> {
            closed = true;
            reading.cancel();
        });
    }
}
