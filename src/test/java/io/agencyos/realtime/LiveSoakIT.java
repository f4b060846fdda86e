package io.agencyos.realtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.agencyos.realtime.Heard.Place;
import io.agencyos.testing.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Nothing lost, nothing double, in commit order: writers of all kinds, subscribers who come and go, processes that are
 * killed and a database that crashes; in the end each subscriber was told what the log says, and to read anew where a
 * request moved from one client to another, and only there. {@code -Dsoak=10m} is the
 * long form.
 */
class LiveSoakIT {

    private static final SoakFeed REQUESTS = new SoakFeed("requestChanged", "requests", "t.client_id");
    private static final List<SoakFeed> FEEDS = List.of(REQUESTS, new SoakFeed("commentChanged", "comments", null));
    private static final Duration STANDSTILL = Duration.ofSeconds(60);

    private final SoakPlan plan = SoakPlan.chosen();
    private final Random random = new Random(plan.seed());
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    private final ExecutorService crew = Executors.newCachedThreadPool();
    private final List<SoakListener> listeners = new ArrayList<>();
    private final List<SoakWriter> writers = new ArrayList<>();
    private final Map<String, AtomicInteger> refusals = new ConcurrentHashMap<>();
    private SoakStage stage;

    @BeforeEach
    void start() {
        System.out.println("Soak: " + plan);
        stage = new SoakStage();
    }

    @AfterEach
    void stop() {
        listeners.forEach(SoakListener::close);
        clock.shutdownNow();
        crew.shutdownNow();
        writers.forEach(SoakWriter::close);
        if (stage != null) stage.close();
    }

    @Test
    void everySubscriberIsToldWhatTheLogSaysOnceAndInItsOrder() {
        hire();
        listen(plan.listeners() * 2 / 3);
        Await.until(() -> listeners.stream().allMatch(one -> one.start() != null), () -> listeners);
        var early = List.copyOf(listeners);
        var quiet = Long.parseLong(stage.cluster.find("select max(seq) from change_log"));
        write();
        settle();
        var logs = FEEDS.stream().collect(toMap(feed -> feed, feed -> SoakLog.read(stage.cluster, feed)));
        awaitEverything(logs);
        tell(logs);
        assertEquals("", faults(logs));
        for (var one : early) {
            if (one.mayBeMoved()) assertTrue(one.begunAnew() > 0, one::toString);
            else assertEquals(since(quiet, one, logs), one.count(), one::toString);
            assertTrue(one.resumed() + one.begunAnew() > 0, one::toString);
        }
        for (var writer : writers) assertTrue(writer.done() > 0, writer::toString);
    }

    /** One of each kind, and the others by mutations; and something to write on. */
    private void hire() {
        writers.add(new SoakCaller(stage, fresh()));
        writers.add(SoakSession.plain(stage, fresh()));
        writers.add(SoakSession.slow(stage, fresh(), plan.hold()));
        writers.add(SoakSession.undecided(stage, fresh()));
        while (writers.size() < plan.writers()) writers.add(new SoakCaller(stage, fresh()));
        caller().prepare();
    }

    private SoakCaller caller() {
        return (SoakCaller) writers.get(0);
    }

    private Random fresh() {
        return new Random(random.nextLong());
    }

    /** Until there are so many; every third is a client's, the others belong to the staff. */
    private void listen(int many) {
        var members = List.copyOf(stage.members.keySet());
        while (listeners.size() < many) {
            var i = listeners.size();
            var who = i % 3 == 0 ? members.get(i / 3 % members.size()) : stage.staff.get(i % stage.staff.size());
            var feed = FEEDS.get(i / 2 % FEEDS.size());
            var one = new SoakListener("listener " + i, who, feed, stage, plan, clock, refusals, fresh());
            listeners.add(one);
            one.connect();
        }
    }

    private void write() {
        var end = Instant.now().plus(plan.length());
        var running = writers.stream()
                .map(writer -> CompletableFuture.runAsync(
                        () -> writer.run(() -> Instant.now().isBefore(end)), crew))
                .toList();
        blow(end.minus(plan.length()));
        running.forEach(CompletableFuture::join);
    }

    /** Brings down one thing after the other, evenly spread over the time; in between the late listeners come. */
    private void blow(Instant start) {
        var blows = new ArrayList<Runnable>();
        for (var i = 0; i < plan.kills(); i++) blows.add(() -> stage.kill(random));
        for (var i = 0; i < plan.restarts(); i++) blows.add(restart(i));
        Collections.shuffle(blows, random);
        for (var i = 0; i < blows.size(); i++) {
            waitUntil(start.plus(plan.length().multipliedBy(i + 1).dividedBy(blows.size() + 1)));
            blows.get(i).run();
            listen(plan.listeners() - plan.listeners() / 3 * (blows.size() - 1 - i) / blows.size());
        }
    }

    private Runnable restart(int i) {
        return () -> stage.cluster.restart(i % 2 == 0 ? "immediate" : "fast");
    }

    private static void waitUntil(Instant moment) {
        while (Instant.now().isBefore(moment))
            LockSupport.parkNanos(Duration.between(Instant.now(), moment).toNanos());
    }

    /**
     * Moves something before the eyes of all clients, and says a last word that each of the listeners has to hear, so
     * that whatever is lost or doubled is before it.
     */
    private void settle() {
        listeners.forEach(SoakListener::steady);
        caller().move();
        var requests = SoakLog.read(stage.cluster, REQUESTS);
        Await.until(
                () -> listeners.stream().allMatch(one -> isBehind(moves(one, requests), one.start())),
                () -> listeners.stream()
                        .filter(one -> !isBehind(moves(one, requests), one.start()))
                        .toList());
        caller().lastWords();
    }

    private static boolean isBehind(List<Place> moves, Place start) {
        return start != null && moves.stream().allMatch(move -> start.compareTo(move) >= 0);
    }

    /** What ends his stream. */
    private List<Place> moves(SoakListener one, SoakLog requests) {
        return one.mayBeMoved() ? requests.moves(stage.members.get(one.person)) : List.of();
    }

    private void awaitEverything(Map<SoakFeed, SoakLog> logs) {
        var waiting = new ArrayList<>(listeners);
        var heard = -1;
        for (var since = Instant.now(); Instant.now().isBefore(since.plus(STANDSTILL)); ) {
            waiting.removeIf(one -> hasEverything(one, logs));
            if (waiting.isEmpty()) return;
            if (heard != (heard = count())) since = Instant.now();
            LockSupport.parkNanos(100_000_000);
        }
    }

    private int count() {
        return listeners.stream().mapToInt(SoakListener::count).sum();
    }

    private boolean hasEverything(SoakListener one, Map<SoakFeed, SoakLog> logs) {
        var start = one.start();
        if (start == null) return false;
        var rows = expected(one, start, logs);
        return rows.isEmpty() || one.hasReached(rows.get(rows.size() - 1).place());
    }

    private List<SoakLog.Row> expected(SoakListener one, Place start, Map<SoakFeed, SoakLog> logs) {
        return logs.get(one.feed).expected(start, stage.members.get(one.person));
    }

    private long since(long number, SoakListener one, Map<SoakFeed, SoakLog> logs) {
        return logs.get(one.feed).expected(new Place(0, 0), stage.members.get(one.person)).stream()
                .filter(row -> row.place().seq() > number)
                .count();
    }

    private String faults(Map<SoakFeed, SoakLog> logs) {
        return listeners.stream()
                .flatMap(one -> faults(one, logs).stream().map(fault -> one + ": " + fault))
                .collect(joining("\n"));
    }

    private List<String> faults(SoakListener one, Map<SoakFeed, SoakLog> logs) {
        var spans = one.spans();
        var moves = moves(one, logs.get(REQUESTS));
        var faults = new ArrayList<String>();
        for (var span : spans) faults.addAll(SoakVerdict.of(expected(one, span.start(), logs), span, moves));
        if (spans.isEmpty() || spans.get(spans.size() - 1).over()) faults.add("has not come back");
        if (!faults.isEmpty() || one.mayBeMoved()) return faults;
        var last = spans.get(0);
        var there = logs.get(one.feed).present(expected(one, last.start(), logs), stage.members.get(one.person));
        return SoakVerdict.ofPicture(there, last.heard());
    }

    private void tell(Map<SoakFeed, SoakLog> logs) {
        logs.forEach((feed, log) -> System.out.printf(
                "Soak: %d changes of %s, %d of them behind a later one%n",
                log.rows().size(), feed.table(), log.overtaken()));
        System.out.printf(
                "Soak: %d listeners were told %d changes, resumed %d times, began anew %d times, were refused %s%n",
                listeners.size(),
                count(),
                listeners.stream().mapToInt(SoakListener::resumed).sum(),
                listeners.stream().mapToInt(SoakListener::begunAnew).sum(),
                refusals);
        writers.forEach(writer -> System.out.println("Soak: " + writer));
    }
}
