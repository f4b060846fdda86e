package io.agencyos.realtime;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;

import io.agencyos.db.Notifications;
import io.agencyos.db.Replicas;
import io.agencyos.testing.Await;
import io.agencyos.testing.RedisServer;
import io.agencyos.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.redis.runtime.datasource.ReactiveRedisDataSourceImpl;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.RedisAPI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What every relay promises, of whatever it is made. */
class RelayTest {

    static {
        // outside of Quarkus the first use sets up what two loops would set up at the same time
        Uni.createFrom().voidItem();
    }

    @Nested
    class ThroughPostgres extends Promises {

        private static final String DATABASE = "relay";

        private final List<Notifications> open = new ArrayList<>();

        @BeforeAll
        void makeTheDatabase() {
            TestDatabase.createMigrated(DATABASE);
        }

        @Override
        Relay open(SimpleMeterRegistry meters) {
            open.add(Replicas.notifications(vertx, DATABASE));
            return new PostgresRelay(open.get(open.size() - 1), vertx, meters);
        }

        @AfterEach
        void stopHearing() {
            open.forEach(Replicas::stop);
            open.clear();
        }

        @Override
        void cut() {
            sql("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + DATABASE
                    + "' and application_name = 'agency-os notifications'");
        }

        @Test
        void whatIsNoEnvelopeIsLeft() {
            sql("select pg_notify('agency_relay', 'Hello')");
            left.send("talk", "Hello");
            assertEquals("Hello", right.next());
        }

        private void sql(String text) {
            try (var sql = TestDatabase.connect("postgres", DATABASE);
                    var statement = sql.createStatement()) {
                statement.execute(text);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Nested
    class ThroughRedis extends Promises {

        private final RedisServer server = RedisServer.start();
        private final List<RedisRelay> open = new ArrayList<>();

        @AfterAll
        void stopTheServer() {
            server.close();
        }

        @Override
        Relay open(SimpleMeterRegistry meters) {
            var mutiny = new io.vertx.mutiny.core.Vertx(vertx);
            var redis = Redis.createClient(mutiny, server.url());
            var source = new ReactiveRedisDataSourceImpl(mutiny, redis, RedisAPI.api(redis));
            open.add(new RedisRelay(source, vertx, meters));
            return open.get(open.size() - 1);
        }

        @AfterEach
        void stopHearing() {
            open.forEach(RedisRelay::close);
            open.clear();
        }

        @Override
        void cut() {
            server.crash();
        }
    }

    /** One of several processes that hear of each other. */
    private static final class Replica {

        private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final Relay relay;

        Replica(Promises promises) {
            relay = promises.open(meters);
            relay.listen("talk", heard::add);
        }

        void send(String channel, String message) {
            relay.send(channel, message);
        }

        /** The next message on the channel "talk". */
        String next() {
            Await.until(() -> !heard.isEmpty(), () -> "Nothing was heard");
            return heard.remove();
        }

        List<String> next(int many) {
            return IntStream.range(0, many).mapToObj(x -> next()).toList();
        }

        double count(String name, String... tags) {
            return meters.counter(name, tags).count();
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Promises {

        Vertx vertx;
        Replica left;
        Replica right;

        abstract Relay open(SimpleMeterRegistry meters);

        /** Ends all connections that the relays have now. */
        abstract void cut();

        @BeforeEach
        void openTwo() {
            vertx = Vertx.vertx();
            left = new Replica(this);
            right = new Replica(this);
            awaitHearing();
        }

        /** Until both hear each other; what was said to find that out is forgotten. */
        private void awaitHearing() {
            awaitHearing(left, right);
            awaitHearing(right, left);
        }

        private static void awaitHearing(Replica speaker, Replica listener) {
            Await.until(
                    () -> {
                        speaker.send("talk", "Is anybody there?");
                        return listener.heard.contains("Is anybody there?");
                    },
                    () -> "It does not hear");
            speaker.send("talk", "Over");
            while (!listener.next().equals("Over")) Thread.onSpinWait();
        }

        @AfterEach
        void closeAll() {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }

        @Test
        void theOthersHearIt() {
            left.send("talk", "Hello");
            assertEquals("Hello", right.next());
        }

        @Test
        void nobodyHearsThemselves() {
            left.send("talk", "Mine");
            right.send("talk", "Theirs");
            assertEquals("Theirs", left.next());
            right.send("talk", "Again");
            assertEquals("Again", left.next());
        }

        @Test
        void aChannelHearsItsOwnMessagesOnly() {
            left.send("else", "Not this");
            left.send("talk", "This");
            assertEquals("This", right.next());
        }

        @Test
        void anyTextComesAsItWas() {
            var texts = List.of("", "a:5:b", "\"\\\n\t'$1?", "Grüße 日本語 🎬", "1:2:3:", "x".repeat(Relay.LONGEST));
            texts.forEach(text -> left.send("talk", text));
            assertEquals(texts, right.next(texts.size()));
        }

        @Test
        void whatOneSendsComesInOrder() {
            var texts = IntStream.range(0, 5_000).mapToObj(i -> "Message " + i).toList();
            texts.forEach(text -> left.send("talk", text));
            assertEquals(texts, right.next(texts.size()));
        }

        @Test
        void manyMessagesTravelInFewEnvelopes() {
            var before = right.count("agency.relay.envelopes", "direction", "heard");
            for (var i = 0; i < 5_000; i++) left.send("talk", "Message " + i);
            right.next(5_000);
            var envelopes = right.count("agency.relay.envelopes", "direction", "heard") - before;
            assertTrue(envelopes < 500, envelopes + " envelopes");
        }

        @Test
        void aMessageThatIsTooLongIsRefused() {
            assertThrows(IllegalArgumentException.class, () -> left.send("talk", "é".repeat(Relay.LONGEST / 2 + 1)));
            left.send("talk", "Short");
            assertEquals("Short", right.next());
        }

        @Test
        void messagesAreCounted() {
            var sent = left.count("agency.relay.messages", "direction", "sent");
            var heard = right.count("agency.relay.messages", "direction", "heard");
            left.send("talk", "One");
            left.send("talk", "Two");
            right.next(2);
            assertEquals(2, left.count("agency.relay.messages", "direction", "sent") - sent);
            assertEquals(2, right.count("agency.relay.messages", "direction", "heard") - heard);
        }

        @Test
        void whenTheConnectionsAreCutTheyAreMadeAnew() {
            cut();
            awaitHearing();
            left.send("talk", "Still here");
            assertEquals("Still here", right.next());
        }

        @Test
        void whatIsSentWhileTheConnectionsAreCutComesAtMostOnceAndInOrder() {
            for (var i = 0; i < 200; i++) {
                left.send("talk", String.format("%03d", i));
                if (i % 50 == 25) cut();
            }
            Await.until(
                    () -> {
                        left.send("talk", "end");
                        return right.heard.contains("end");
                    },
                    () -> "It does not hear");
            var heard = new ArrayList<>(right.heard);
            heard.removeIf("end"::equals);
            assertEquals(heard.stream().distinct().sorted().toList(), heard);
        }
    }
}
