package io.agencyos.packaged;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.agencyos.testing.Await;
import io.agencyos.testing.Cluster;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import io.agencyos.testing.RawSocket;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Sockets that mean no good, or mean nothing: what they take is bounded, they are told why they have to go, and others
 * are served meanwhile. {@code -Dsockets=10000} takes more of the idle ones.
 */
class HostileSocketsIT {

    private static final int MANY = Integer.getInteger("sockets", 2_000);
    private static final long MB = 1 << 20;

    /** About three times what is measured, since other things on the heap move as well. */
    private static final long MOST_IDLE = 30_000;

    private static final String LIVE =
            "subscription { requestChanged { cursor operation id node { title description } } }";
    private static final String CREATE = "mutation($text: String) { createRequest(input:"
            + " {title: \"Long\", requestType: CREATIVE, description: $text}) { id } }";

    private static Cluster cluster;
    private static Packaged application;

    private final Person heinz = Person.user("heinz-hostile");
    private final Person nina = Person.user("nina-neighbour");
    private final List<RawSocket> opened = new ArrayList<>();

    @BeforeAll
    static void start() {
        cluster = Cluster.migrated();
        var settings = new HashMap<>(cluster.settings());
        settings.putAll(Map.of(
                "AGENCY_LIMITS_SOCKETS", "100000",
                "AGENCY_LIMITS_CONNECTION_INIT", "20s",
                "AGENCY_LIMITS_KEEPALIVE", "5m",
                "AGENCY_DRAIN", "0",
                // with this it has to get by, the buffers of its connections included
                "JAVA_TOOL_OPTIONS", "-Xmx512m"));
        application = Packaged.startForLoad(settings).awaitReady();
    }

    @AfterAll
    static void stop() {
        if (application != null) application.close();
        if (cluster != null) cluster.close();
    }

    @AfterEach
    void nothingWasAnErrorOfOurs() {
        opened.forEach(RawSocket::close);
        assertServesNina();
        assertEquals(List.of(), application.errors());
    }

    private void assertServesNina() {
        try (var socket = LiveClient.open(application.address("ws", "/graphql"), LiveClient.PROTOCOL, null)
                .signIn(nina.token())) {
            var viewer = socket.subscribe("{ viewer { firstName } }").data().getJsonObject("viewer");
            assertEquals("Nina-neighbour", viewer.getString("firstName"));
        }
    }

    private RawSocket open() {
        var socket = RawSocket.open(application.address("ws", "/graphql"));
        opened.add(socket);
        return socket;
    }

    private RawSocket signedIn() {
        return open().signIn(heinz);
    }

    @Test
    void idleSocketsTakeLittleEachAndGiveItBack() {
        signedIn();
        var before = application.liveHeap();
        for (int i = 0; i < MANY; i++) signedIn();
        var each = (application.liveHeap() - before) / MANY;
        System.out.println("An idle socket takes " + each + " bytes of heap");
        assertTrue(each < MOST_IDLE, each + " bytes each");
        assertServesNina();
        opened.forEach(RawSocket::close);
        Await.until(() -> application.liveHeap() - before < MANY * MOST_IDLE / 10, () -> "it is not given back");
    }

    @Test
    void socketsThatNeverSignInTakeLittleAndAreClosedInTime() {
        assertServesNina();
        var before = application.liveHeap();
        for (int i = 0; i < MANY; i++) open();
        var each = (application.liveHeap() - before) / MANY;
        System.out.println("A socket that never signs in takes " + each + " bytes of heap");
        assertTrue(each < MOST_IDLE, each + " bytes each");
        for (var socket : opened) assertEquals(4408, socket.closeCode());
    }

    @Test
    void aThousandSubscriptionsAreAHundredAndTheRestErrors() {
        var socket = signedIn();
        for (int i = 0; i < 1_000; i++) socket.subscribe("s" + i, LIVE);
        var messages = Stream.generate(() -> new JsonObject(socket.read().text()))
                .limit(1_000)
                .toList();
        assertEquals(100, count(messages, "next"));
        assertEquals(900, count(messages, "error"));
        for (var message : messages)
            assertTrue(message.encode().contains(message.getString("type").equals("next") ? "LIVE" : "LIMIT_EXCEEDED"));
        socket.send("{\"type\": \"ping\"}");
        assertEquals("{\"type\":\"pong\"}", socket.read().text());
    }

    private static long count(List<JsonObject> messages, String type) {
        return messages.stream()
                .filter(message -> message.getString("type").equals(type))
                .count();
    }

    @Test
    void whoSubscribesAndDoesNotReadHoldsLittle() {
        var text = "word ".repeat(10_000);
        var before = application.liveHeap();
        for (int i = 0; i < 4; i++) {
            var paused = signedIn();
            for (int k = 0; k < 10; k++) paused.subscribe("s" + k, LIVE);
        }
        for (int i = 0; i < 30; i++) application.get(nina, CREATE, Map.of("text", text));
        assertServesNina();
        var held = application.liveHeap() - before;
        assertTrue(held < 100 * MB, held + " bytes");
        opened.forEach(RawSocket::close);
        Await.until(() -> application.liveHeap() - before < 20 * MB, () -> "it is not given back");
    }

    @Test
    void whoPingsAndDoesNotReadIsNotReadFrom() {
        assertServesNina();
        var before = application.liveHeap();
        var message = ("{\"type\": \"ping\", \"payload\": {\"a\": \"" + "x".repeat(1_000) + "\"}}");
        var floods = IntStream.range(0, 4)
                .mapToObj(i -> flood(signedIn(), i % 2 == 0 ? message : null))
                .toList();
        Await.until(() -> floods.stream().allMatch(Flood::isHeldUp), () -> "they are read from for ever");
        assertServesNina();
        var held = application.liveHeap() - before;
        assertTrue(held < 20 * MB, held + " bytes");
        opened.forEach(RawSocket::close);
        floods.forEach(flood -> flood.done.join());
    }

    private static final class Flood {
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private volatile long last = System.nanoTime();

        /** Nothing could be written for a second. */
        boolean isHeldUp() {
            return System.nanoTime() - last > 1_000_000_000L;
        }
    }

    private static Flood flood(RawSocket socket, String message) {
        var flood = new Flood();
        new Thread(() -> {
                    try {
                        while (true) {
                            if (message == null) socket.send(RawSocket.PING, new byte[100]);
                            else socket.send(message);
                            flood.last = System.nanoTime();
                        }
                    } catch (UncheckedIOException closed) {
                        flood.done.complete(null);
                    }
                })
                .start();
        return flood;
    }

    @Test
    void garbageIsNoReasonForAlarm() {
        var random = new Random(4);
        for (int i = 0; i < 300; i++) {
            var bytes = new byte[1 + random.nextInt(2_000)];
            random.nextBytes(bytes);
            var socket = i % 2 == 0 ? open() : signedIn();
            try {
                socket.write(bytes);
            } catch (UncheckedIOException closed) {
                // it may have been refused by then
            }
            if (i % 10 == 0) socket.close();
        }
        assertServesNina();
    }

    @Test
    void framesOfTenMegabytesAreRefusedAndNotKept() {
        assertServesNina();
        var before = application.liveHeap();
        var sent = IntStream.range(0, 10).mapToObj(i -> signedIn()).toList();
        for (var socket : sent) socket.send(RawSocket.TEXT, new byte[(int) (10 * MB)]);
        for (var socket : sent) assertEquals(1009, socket.closeCode());
        var held = application.liveHeap() - before;
        assertTrue(held < 20 * MB, held + " bytes");
    }

    @Test
    void tenMegabytesInSmallFramesAreRefusedAsWell() {
        var socket = signedIn();
        socket.send(RawSocket.TEXT, 0x80, new byte[] {'{'});
        for (int i = 0; i < 20; i++) socket.send(0, 0x80, "x".repeat(100_000).getBytes());
        assertEquals(1009, socket.closeCode());
    }
}
