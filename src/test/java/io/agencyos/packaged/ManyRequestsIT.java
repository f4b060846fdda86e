package io.agencyos.packaged;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import io.agencyos.testing.Await;
import io.agencyos.testing.Cluster;
import io.agencyos.testing.Crowd;
import io.agencyos.testing.Packaged;
import io.agencyos.testing.Person;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

/** Two thousand clients at once, some of whom hang up, and a database that falls over in the middle. */
class ManyRequestsIT {

    private static final int CLIENTS = 2_000;
    private static final int POOL = 16;
    private static final String MAKE =
            "mutation($title: String!) { createRequest(input: {title: $title, requestType: CREATIVE}) { id } }";
    private static final String POINT = "query($id: ID!) { request(id: $id) { title createdBy { firstName } } }";
    private static final String BOARD = "{ requests(first: 10) { totalCount nodes { title client { name }"
            + " createdBy { firstName } comments(first: 3) { totalCount nodes { content user { firstName } } }"
            + " statusHistory(first: 3) { nodes { newStatus } } } } }";
    private static final String COMMENT = "mutation($id: ID!) { createComment(input: {requestId: $id, content: \"Hm\"})"
            + " { content request { title } } }";
    private static final List<String> MIX = List.of(POINT, BOARD, COMMENT);

    private static final Person ALICE = Person.admin("alice");
    private static final List<String> IDS = new ArrayList<>();
    private static Cluster cluster;
    private static Packaged application;
    private static Crowd crowd;

    @BeforeAll
    static void start() {
        cluster = Cluster.migrated();
        var settings = new HashMap<>(cluster.settings());
        // so many at once on a slow machine may take their time
        settings.putAll(Map.of(
                "AGENCY_DB_POOL_SIZE", "" + POOL,
                "AGENCY_LIMITS_DURATION", "170s",
                "AGENCY_LIMITS_UNIT", "170s",
                "AGENCY_LIMITS_STATEMENT_MS", "170000"));
        application = Packaged.startForLoad(settings).awaitReady();
        crowd = new Crowd(application.address("http", "/graphql"));
        for (var i = 0; i < 20; i++) IDS.add(request("Request " + i));
    }

    private static String request(String title) {
        var made = application.get(ALICE, MAKE, Map.of("title", title));
        return made.getJsonObject("createRequest").getString("id");
    }

    @AfterAll
    static void stop() {
        if (crowd != null) crowd.close();
        if (application != null) application.close();
        if (cluster != null) cluster.close();
    }

    @AfterEach
    void allConnectionsAreFreeAndThere() {
        Await.value(0, () -> cluster.sessions("state <> 'idle'"));
        List<Future<JsonObject>> answers;
        try (var lock = cluster.lock("comments")) {
            answers = all(2 * POOL, i -> crowd.ask(ALICE, BOARD, Map.of()));
            Await.value(POOL, () -> cluster.sessions("state = 'active' and wait_event_type = 'Lock'"));
        }
        Crowd.await(answers);
        answers.forEach(ManyRequestsIT::assertAnswered);
        Await.value(0, () -> cluster.sessions("state <> 'idle'"));
    }

    @Test
    void twoThousandAtOnceAreAllAnswered() {
        var answers = all(CLIENTS, ManyRequestsIT::ask);
        Crowd.await(answers);
        answers.forEach(ManyRequestsIT::assertAnswered);
    }

    @Test
    void everyFourthWhoHangsUpTakesNobodyAlong() {
        var leaving = new ConcurrentLinkedQueue<HttpClientRequest>();
        var answers = all(CLIENTS, i -> i % 4 == 0 ? ask(i, leaving) : ask(i).onComplete(x -> oneLeaves(leaving)));
        Crowd.await(answers);
        for (var i = 0; i < CLIENTS; i++) if (i % 4 != 0) assertAnswered(answers.get(i));
    }

    /** With each answer that comes somebody else loses patience. */
    private static void oneLeaves(Queue<HttpClientRequest> leaving) {
        var request = leaving.poll();
        if (request != null) request.connection().close();
    }

    @Test
    void whenPostgresStartsAnewInTheMiddleErrorsHaveCodesAndThenThereAreNone() {
        var come = new AtomicInteger();
        var answers = all(CLIENTS, i -> ask(i).onComplete(x -> {
            if (come.incrementAndGet() == CLIENTS / 4) CompletableFuture.runAsync(cluster::crash);
        }));
        Crowd.await(answers);
        answers.forEach(ManyRequestsIT::assertAnsweredOrRefused);
        Await.until(cluster::isUp, () -> "PostgreSQL does not come back");
        var fresh = all(CLIENTS / 10, ManyRequestsIT::ask);
        Crowd.await(fresh);
        fresh.forEach(ManyRequestsIT::assertAnswered);
    }

    private static List<Future<JsonObject>> all(int many, IntFunction<Future<JsonObject>> one) {
        return IntStream.range(0, many).mapToObj(one).toList();
    }

    private static Future<JsonObject> ask(int i) {
        return ask(i, new ConcurrentLinkedQueue<>());
    }

    private static Future<JsonObject> ask(int i, Queue<HttpClientRequest> sent) {
        var who = i % 2 == 0 ? ALICE : Person.user("user" + i % 10);
        return crowd.ask(who, MIX.get(i % MIX.size()), Map.of("id", IDS.get(i % IDS.size())), sent::add);
    }

    private static void assertAnswered(Future<JsonObject> answer) {
        if (answer.failed()) throw new AssertionError(answer.cause());
        assertFalse(answer.result().containsKey("errors"), () -> answer.result().encode());
    }

    private static void assertAnsweredOrRefused(Future<JsonObject> answer) {
        if (answer.failed()) throw new AssertionError(answer.cause());
        for (var error : answer.result().getJsonArray("errors", new io.vertx.core.json.JsonArray()))
            assertNotNull(((JsonObject) error).getJsonObject("extensions").getString("code"));
    }
}
