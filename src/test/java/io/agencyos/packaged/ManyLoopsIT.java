package io.agencyos.packaged;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import io.agencyos.testing.Cluster;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import io.agencyos.testing.RawSocket;
import io.agencyos.testing.SseReader;
import io.agencyos.testing.Tokens;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Under load, on several event loops: one writes what another one ends. */
class ManyLoopsIT {

    private static final String CHANGES =
            "subscription($after: String) { requestChanged(after: $after) { cursor operation id node { title"
                    + " a: description b: description c: description } } }";
    private static final int READERS = 8;
    private static final int ROUNDS = 3;
    private static final byte[] NORMAL = {3, (byte) 0xE8};

    private static Cluster cluster;
    private static Packaged application;

    private final Person alice = Person.admin("alice");
    private final AtomicBoolean writing = new AtomicBoolean(true);

    @BeforeAll
    static void start() {
        cluster = Cluster.migrated();
        var settings = new HashMap<>(cluster.settings());
        settings.put("QUARKUS_VERTX_EVENT_LOOPS_POOL_SIZE", "4");
        settings.put("AGENCY_LIMITS_SOCKETS", "1000");
        application = Packaged.startForLoad(settings).awaitReady();
    }

    @AfterAll
    static void stop() {
        if (application != null) application.close();
        if (cluster != null) cluster.close();
    }

    @Test
    void streamsWhoseTokensEndUnderLoadDisturbNobodyAndAreNoErrorOfOurs() {
        var id = longRequest();
        try (var socket = LiveClient.open(application.address("ws", "/graphql"), LiveClient.PROTOCOL, null)
                .signIn(alice.token())) {
            var watcher = socket.subscribe(CHANGES);
            watcher.live();
            var writer = CompletableFuture.supplyAsync(() -> write(id));
            var readers = IntStream.range(0, READERS)
                    .mapToObj(i -> background(this::readUntilTheTokenEnds))
                    .toList();
            readers.forEach(CompletableFuture::join);
            writing.set(false);
            for (var written = writer.join(); written > 0; written--)
                assertEquals("UPDATE", watcher.change().getString("operation"));
        }
        assertNothingBroke();
    }

    private void readUntilTheTokenEnds() {
        for (var round = 0; round < ROUNDS; round++) {
            var token = Tokens.until(Instant.now().plusSeconds(2), "alice", "admin");
            try (var reader =
                    SseReader.open(application.address("http", "/graphql"), new Person("alice", token), CHANGES)) {
                var all = reader.toTheEnd();
                assertTrue(all.contains("UNAUTHENTICATED"), () -> all.substring(Math.max(0, all.length() - 500)));
            }
        }
    }

    @Test
    void nothingComesBehindACloseFrameWhoeverSendsIt() {
        var id = longRequest();
        var writer = CompletableFuture.supplyAsync(() -> write(id));
        var told = new ArrayList<CompletableFuture<Void>>();
        for (var i = 0; i < 48; i++) {
            var socket = RawSocket.open(application.address("ws", "/graphql")).signIn(alice);
            socket.subscribe("1", CHANGES);
            var way = i % 3;
            told.add(background(() -> close(socket, way)));
            if (i % 8 == 7) told.forEach(CompletableFuture::join);
        }
        told.forEach(CompletableFuture::join);
        writing.set(false);
        writer.join();
        assertNothingBroke();
    }

    @Test
    void whatIsReadForSomebodyWhoGoesMeanwhileIsNoErrorOfOurs() {
        var id = longRequest();
        try (var socket = LiveClient.open(application.address("ws", "/graphql"), LiveClient.PROTOCOL, null)
                .signIn(alice.token())) {
            var cursor = socket.subscribe(CHANGES).live();
            cluster.change("do $$ begin for i in 1..300 loop update requests set title = 'Missed ' || i where id = '"
                    + id + "'; end loop; end $$");
            for (var round = 0; round < 60; round++) {
                var stream = socket.subscribe(CHANGES, Map.of("after", cursor));
                for (var heard = 0; heard <= round % 6; heard++) stream.message();
                if (round % 7 == 0) socket.subscribe("{ requests(first: 100) { nodes { comments { totalCount } } } }");
                stream.complete();
            }
            assertEquals(
                    "Alice",
                    socket.subscribe("{ viewer { firstName } }")
                            .data()
                            .getJsonObject("viewer")
                            .getString("firstName"));
        }
        assertNothingBroke();
    }

    /** By a second greeting, by bytes, or by one's own wish. */
    private static void close(RawSocket socket, int way) {
        try (socket) {
            for (var heard = 0; heard < 3; heard++) socket.read();
            if (way == 0)
                socket.send(new JsonObject().put("type", "connection_init").encode());
            else if (way == 1) socket.send(RawSocket.BINARY, new byte[] {1});
            else socket.send(RawSocket.CLOSE, NORMAL);
            assertEquals(List.of(4429, 4400, 1000).get(way), socket.closeCode());
            if (way != 2) socket.send(RawSocket.CLOSE, NORMAL);
            assertEquals(List.of(), theRest(socket));
        }
    }

    private static List<String> theRest(RawSocket socket) {
        var rest = new ArrayList<String>();
        try {
            while (true) rest.add(socket.read().text());
        } catch (UncheckedIOException end) {
            return rest;
        }
    }

    private static CompletableFuture<Void> background(Runnable work) {
        var done = new CompletableFuture<Void>();
        new Thread(() -> {
                    try {
                        work.run();
                        done.complete(null);
                    } catch (Throwable e) {
                        done.completeExceptionally(e);
                    }
                })
                .start();
        return done;
    }

    private static String longRequest() {
        return cluster.find("insert into requests (title, request_type, description)"
                + " values ('Long', 'creative', repeat('x', 30000)) returning id");
    }

    /** How many changes were made before there was to be an end. */
    private int write(String id) {
        var written = 0;
        for (; writing.get(); written++)
            cluster.change("update requests set title = 'Title " + written + "' where id = '" + id + "'");
        return written;
    }

    /** A subscriber who breaks down is a warning, what nobody waits for any more an error of Mutiny's. */
    private static void assertNothingBroke() {
        assertEquals(List.of(), application.errors());
        assertFalse(application.out().contains("broke down"), application::out);
    }
}
