package io.agencyos.packaged;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.agencyos.testing.Await;
import io.agencyos.testing.Cluster;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import io.agencyos.testing.RedisServer;
import io.agencyos.testing.RoomClient;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Two packaged applications on one database are one house: whoever is in a room at one is seen at the other. */
class RoomsAcrossReplicasIT {

    private static final String CREATE =
            "mutation { createRequest(input: {title: \"Film\", requestType: CREATIVE}) { id } }";

    @Nested
    class ThroughPostgres extends Promises {

        @Override
        Map<String, String> relay() {
            return Map.of();
        }

        @Override
        void cut() {
            cluster.sql("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where application_name = 'agency-os notifications'");
        }
    }

    @Nested
    class ThroughRedis extends Promises {

        private final RedisServer redis = RedisServer.start();

        @Override
        Map<String, String> relay() {
            return Map.of("AGENCY_RELAY", "redis", "AGENCY_REDIS_URL", redis.url());
        }

        @Override
        void cut() {
            redis.crash();
        }

        @AfterAll
        void stopRedis() {
            redis.close();
        }

        @Test
        void theDatabaseIsNotAskedToNotify() {
            assertEquals(0, listening());
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Promises {

        private final Person alice = Person.admin("alice");
        private final Person bob = Person.user("bob");
        private final List<RoomClient> sockets = new ArrayList<>();
        Cluster cluster;
        Packaged left;
        private Packaged right;
        private String request;

        abstract Map<String, String> relay();

        /** Ends all connections over which the replicas hear each other. */
        abstract void cut();

        @BeforeAll
        void startTwo() {
            cluster = Cluster.migrated();
            left = replica();
            right = replica();
        }

        Packaged replica() {
            var settings = new HashMap<>(cluster.settings());
            settings.put("AGENCY_ROOMS_SILENCE", "10s");
            settings.put("AGENCY_DRAIN", "1s");
            settings.putAll(relay());
            return Packaged.start(settings).awaitReady();
        }

        @AfterAll
        void stopAll() {
            if (left != null) left.close();
            if (right != null) right.close();
            if (cluster != null) cluster.close();
        }

        @BeforeEach
        void makeARequest() {
            request = left.get(alice, CREATE, Map.of())
                    .getJsonObject("createRequest")
                    .getString("id");
        }

        @AfterEach
        void closeTheSockets() {
            sockets.forEach(RoomClient::close);
        }

        int listening() {
            return Integer.parseInt(cluster.find(
                    "select count(*) from pg_stat_activity where application_name = 'agency-os notifications'"));
        }

        private RoomClient joined(Packaged replica, Person person) {
            var socket = RoomClient.open(replica.address("ws", "/rooms"), RoomClient.PROTOCOL)
                    .signIn(person.token());
            sockets.add(socket);
            socket.join("requestId", request);
            return socket;
        }

        @Test
        void whoIsAtOneReplicaIsSeenAtTheOther() {
            var first = joined(left, alice);
            var second = joined(right, bob);
            assertEquals("Bob", first.known(second).getJsonObject("profile").getString("firstName"));
            assertEquals("Alice", second.known(first).getJsonObject("profile").getString("firstName"));
            second.leave();
            first.awaitGone(second.connection());
        }

        @Test
        void whatIsShownAndSaidAtOneIsSeenAndHeardAtTheOther() {
            var first = joined(left, alice);
            var second = joined(right, bob);
            first.known(second);
            second.show(Map.of("playhead", 48));
            var state = first.awaitEntry("changed", second.connection()).getJsonObject("state");
            assertEquals(48, state.getInteger("playhead"));
            for (var i = 0; i < 20; i++) second.say("note", i);
            for (var i = 0; i < 20; i++)
                assertEquals(i, first.awaitSuch(m -> m.containsKey("name")).getInteger("data"));
        }

        @Test
        void whoComesLateLearnsWhoIsThereAndWhatTheyShow() {
            var first = joined(left, alice);
            first.show(Map.of("playhead", 7));
            first.before();
            var second = joined(right, bob);
            second.known(first);
            var third = joined(right, alice);
            var entry = third.known(first);
            assertEquals(7, entry.getJsonObject("state").getInteger("playhead"));
        }

        @Test
        void aReplicaThatStartsLateLearnsWhoIsThere() {
            var first = joined(left, alice);
            first.show(Map.of("typing", true));
            first.before();
            try (var late = replica()) {
                var second = joined(late, bob);
                assertTrue(second.known(first).getJsonObject("state").getBoolean("typing"));
                first.known(second);
            }
        }

        @Test
        void theMembersOfAReplicaThatIsKilledAreGoneInTime() {
            var first = joined(left, alice);
            try (var doomed = replica()) {
                var second = joined(doomed, bob);
                first.known(second);
                doomed.kill();
                first.awaitGone(second.connection());
            }
            var third = joined(right, bob);
            first.known(third);
        }

        @Test
        void theMembersOfAReplicaThatEndsAreSentAwayAndGone() {
            var first = joined(left, alice);
            try (var ending = replica()) {
                var second = joined(ending, bob);
                first.known(second);
                ending.terminate();
                assertEquals(1012, second.closeCode());
                first.awaitGone(second.connection());
                ending.exitCode();
            }
        }

        @Test
        void whenTheReplicasHaveLostEachOtherTheyFindEachOtherAgain() {
            var first = joined(left, alice);
            var second = joined(right, bob);
            first.known(second);
            cut();
            second.show(Map.of("playhead", 99));
            var third = joined(right, alice);
            assertSeen(first, second, third);
        }

        /** Told as changes, as somebody new, or after a gap was found: in the end it is known. */
        private void assertSeen(RoomClient viewer, RoomClient mover, RoomClient newcomer) {
            var seen = new HashMap<String, JsonObject>();
            Await.until(
                    () -> {
                        for (var message : viewer.come())
                            for (var what : List.of("came", "changed", "members"))
                                for (var one : List.of(mover, newcomer))
                                    if (RoomClient.entry(message, what, one.connection()) != null)
                                        seen.put(one.connection(), RoomClient.entry(message, what, one.connection()));
                        return seen.containsKey(newcomer.connection())
                                && seen.containsKey(mover.connection())
                                && Integer.valueOf(99)
                                        .equals(seen.get(mover.connection())
                                                .getJsonObject("state")
                                                .getInteger("playhead"));
                    },
                    () -> "It is not known: " + seen);
        }
    }
}
