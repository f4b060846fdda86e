package io.agencyos.realtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.agencyos.realtime.Heard.Place;
import io.agencyos.testing.Cluster;
import io.agencyos.testing.LoadBalancer;
import io.agencyos.testing.NodeScript;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Two replicas behind a load balancer are restarted in turn, twice each, while people write and listen: nothing that was
 * written is lost or there twice, and each subscriber is told what the log says, over all sockets.
 */
class RollingRestartIT {

    private static final int LISTENERS = 200;
    private static final int WRITERS = 20;
    private static final int ROUNDS = 2;
    private static final int RESTART = 1012;
    private static final String LAST_WORD = "The last word";
    private static final SoakFeed FEED = new SoakFeed("requestChanged", "requests", null);
    private static final String CREATE =
            "mutation($t: String!) { createRequest(input: {title: $t, requestType: CREATIVE}) { id } }";

    @TempDir
    Path folder;

    private final List<Person> people = Stream.of(
                    "ann", "ben", "cleo", "dirk", "edda", "fay", "gil", "hal", "ivy", "jo")
            .map(Person::user)
            .toList();
    private final ExecutorService crew = Executors.newCachedThreadPool();
    private final List<Packaged> replicas = new ArrayList<>();
    private Cluster cluster;
    private LoadBalancer balancer;
    private volatile boolean over;

    @BeforeEach
    void start() {
        cluster = Cluster.migrated();
        balancer = new LoadBalancer();
        for (var i = 0; i < 2; i++) replicas.add(enter());
    }

    @AfterEach
    void stop() {
        over = true;
        crew.shutdownNow();
        replicas.forEach(Packaged::close);
        if (balancer != null) balancer.close();
        if (cluster != null) cluster.close();
    }

    private Packaged enter() {
        var settings = new HashMap<>(cluster.settings());
        settings.put("AGENCY_DRAIN", "2s");
        var replica = Packaged.startForLoad(settings).awaitReady();
        balancer.add(replica);
        return replica;
    }

    @Test
    void aRollingRestartLosesNoMutationAndNoEvent() throws IOException {
        var listening = CompletableFuture.runAsync(this::listen, crew);
        awaitListeners(listening);
        var writers = people.stream()
                .flatMap(person -> Stream.generate(() -> new KeyedWriter(balancer.address("http", "/graphql"), person))
                        .limit(WRITERS / people.size()))
                .toList();
        var writing = writers.stream()
                .map(writer -> CompletableFuture.runAsync(() -> writer.run(() -> !over), crew))
                .toList();
        for (var i = 0; i < ROUNDS * replicas.size(); i++) restart(i % replicas.size());
        over = true;
        writing.forEach(CompletableFuture::join);
        replicas.get(0).get(people.get(0), CREATE, Map.of("t", LAST_WORD));
        listening.join();
        assertWrittenOnce(writers);
        assertTold(new JsonObject(Files.readString(folder.resolve("heard.json"))));
    }

    private void listen() {
        NodeScript.run(
                "rolling.test.mjs",
                Map.of(
                        "WS_URL", balancer.address("ws", "/graphql").toString(),
                        "TOKENS", people.stream().map(Person::token).collect(joining(",")),
                        "LISTENERS", String.valueOf(LISTENERS),
                        "LAST_WORD", LAST_WORD,
                        "LISTENING", folder.resolve("listening").toString(),
                        "HEARD", folder.resolve("heard.json").toString()));
    }

    private void awaitListeners(CompletableFuture<?> listening) {
        while (!Files.exists(folder.resolve("listening"))) {
            if (listening.isDone()) listening.join();
            LockSupport.parkNanos(50_000_000);
        }
    }

    /** As a rollout does: away with the old one, and the next one is not touched before the new one is ready. */
    private void restart(int which) {
        var leaving = replicas.get(which);
        leaving.terminate();
        assertEquals(143, leaving.exitCode());
        assertEquals("", leaving.err());
        assertFalse(leaving.out().contains(" ERROR "), leaving.out());
        balancer.remove(leaving);
        replicas.set(which, enter());
    }

    private void assertWrittenOnce(List<KeyedWriter> writers) {
        var made =
                cluster
                        .rows("select title, count(*) from requests where title <> '" + LAST_WORD + "' group by title")
                        .stream()
                        .collect(toMap(row -> row.get(0), row -> row.get(1)));
        assertEquals(
                List.of(), writers.stream().flatMap(w -> w.faults().stream()).toList());
        assertEquals(
                new HashSet<>(
                        writers.stream().flatMap(w -> w.answered().stream()).toList()),
                made.keySet());
        assertEquals(
                Map.of(),
                made.entrySet().stream()
                        .filter(row -> !row.getValue().equals("1"))
                        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue)));
        System.out.printf(
                "Rolling restart: %d mutations, %d retries%n",
                made.size(), writers.stream().mapToInt(KeyedWriter::retries).sum());
    }

    private void assertTold(JsonObject report) {
        var log = SoakLog.read(cluster, FEED);
        var changes = report.getJsonArray("changes").stream()
                .map(change -> Heard.of((JsonObject) change))
                .toList();
        var listeners = report.getJsonArray("listeners");
        assertEquals(LISTENERS, listeners.size());
        for (var i = 0; i < LISTENERS; i++) assertTold(listeners.getJsonObject(i), changes, log);
    }

    private static void assertTold(JsonObject listener, List<Heard> changes, SoakLog log) {
        var start = Place.of(listener.getString("start"));
        var heard = listener.getJsonArray("heard").stream()
                .map(number -> changes.get((Integer) number))
                .toList();
        assertEquals(
                List.of(), SoakVerdict.of(log.expected(start, null), new SoakSpan(start, heard, false), List.of()));
        var codes = codes(listener.getJsonArray("codes"));
        // at one of the first two restarts it was there, and at each later one, for there was only that replica to go
        // to
        assertTrue(codes.size() >= ROUNDS * 2 - 1, codes::toString);
        assertEquals(List.of(), codes.stream().filter(code -> code != RESTART).toList());
    }

    private static List<Integer> codes(JsonArray closed) {
        return closed.stream().map(one -> ((JsonObject) one).getInteger("code")).toList();
    }
}
