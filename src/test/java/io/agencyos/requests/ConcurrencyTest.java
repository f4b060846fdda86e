package io.agencyos.requests;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.Psql;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

@QuarkusTest
@WithTestResource(AgencyResource.class)
class ConcurrencyTest {

    private static final String READ = "query($id: ID!) { request(id: $id) { version title metadata } }";
    private static final String UPDATE = "mutation($id: ID!, $input: UpdateRequestInput!, $version: Int) {"
            + " updateRequest(id: $id, input: $input, ifVersion: $version) { version title } }";
    private static final String TWO_ROOTS = "query($ids: [ID]) { requests(filter: {id: {in: $ids}}, first: 20,"
            + " orderBy: [{field: TITLE}]) { totalCount nodes { title client { name } createdBy { firstName }"
            + " comments(first: 5) { totalCount nodes { content user { id } } }"
            + " statusHistory(first: 5) { totalCount nodes { newStatus comments } } } }"
            + " clients(first: 3) { totalCount nodes { name"
            + " requests(first: 4, orderBy: [{field: TITLE}]) { totalCount nodes { title } }"
            + " members(first: 5) { totalCount nodes { id } } } } }";
    private static final String OPEN = "select count(*) from pg_stat_activity where usename = 'agency_app' and"
            + " (state like 'idle in transaction%' or xact_start < now() - interval '20 s')";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Person maker = Work.user();

    @Test
    void ofTwoWithTheSameVersionExactlyOneWins() {
        for (var round = 0; round < 20; round++) {
            var id = Work.request(maker);
            var answers = all(Stream.of("left", "right")
                    .map(title -> send(maker, UPDATE, change(id, Map.of("title", title), 1)))
                    .toList());
            var won = answers.stream().filter(a -> !a.containsKey("errors")).toList();
            var lost = answers.stream().filter(a -> a.containsKey("errors")).toList();
            assertEquals(1, won.size(), answers.toString());
            assertEquals("CONFLICT", extensions(lost.get(0)).getString("code"));
            assertEquals(2, extensions(lost.get(0)).getInteger("version"));
            var kept = won.get(0).getJsonObject("data").getJsonObject("updateRequest");
            assertEquals(kept.getString("title"), read(id).getString("title"));
        }
    }

    @Test
    void twoHundredUpdatesLoseNothing() {
        var id = Work.request(maker, "title", "start");
        var answers = all(IntStream.range(0, 200)
                .mapToObj(i -> send(maker, UPDATE, change(id, Map.of("title", "title " + i), null)))
                .toList());
        for (var answer : answers) assertFalse(answer.containsKey("errors"), answer.toString());
        assertEquals(201, read(id).getInteger("version"));
        assertChain(id, read(id).getString("title"));
    }

    /** Each update saw what the one before it wrote: the log's old and new values form one chain without a gap. */
    private void assertChain(String id, String last) {
        var steps = "select details #>> '{changes,title,%s}' from activity_log where request_id = ?::uuid"
                + " and details #> '{changes,title}' is not null";
        var before = new ArrayList<>(Psql.column(steps.formatted("old"), id));
        var after = new ArrayList<>(Psql.column(steps.formatted("new"), id));
        assertEquals(200, new HashSet<>(after).size());
        before.add(last);
        after.add("start");
        assertEquals(new HashSet<>(after), new HashSet<>(before));
        assertEquals(201, before.size());
    }

    @Test
    void whoeverTriesAgainOnConflictLosesNoCount() {
        var id = Work.request(maker, "metadata", Map.of("count", 0));
        var counters = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    for (var n = 0; n < 25; n++) increment(id);
                }))
                .toList();
        counters.forEach(CompletableFuture::join);
        assertEquals(200, read(id).getJsonObject("metadata").getInteger("count"));
        assertEquals(201, read(id).getInteger("version"));
    }

    private void increment(String id) {
        while (true) {
            var seen = read(id);
            var next = seen.getJsonObject("metadata").getInteger("count") + 1;
            var input = Map.<String, Object>of("metadata", Map.of("count", next));
            var answer = maker.ask(UPDATE, change(id, input, seen.getInteger("version")));
            if (!answer.containsKey("errors")) return;
            assertEquals("CONFLICT", extensions(answer).getString("code"), answer.toString());
        }
    }

    @Test
    void fiftyCallersGetTheirOwnAnswers() {
        var ids = new ArrayList<String>();
        var people = somePeopleWithWork(ids);
        var variables = Map.<String, Object>of("ids", ids);
        var alone = people.stream().map(p -> p.get(TWO_ROOTS, variables)).toList();
        assertEquals(people.size(), Set.copyOf(alone).size() + staffBeyondOne(people), "rights differ");
        var calls = IntStream.range(0, 250)
                .mapToObj(i -> send(people.get(i % people.size()), TWO_ROOTS, variables))
                .toList();
        var answers = all(calls);
        for (var i = 0; i < answers.size(); i++) {
            assertFalse(answers.get(i).containsKey("errors"), answers.get(i).toString());
            assertEquals(alone.get(i % people.size()), answers.get(i).getJsonObject("data"));
        }
        assertNoTransactionStaysOpen();
    }

    /** Staff all see the same; each of the others sees something else. */
    private static int staffBeyondOne(List<Person> people) {
        return (int) people.stream().filter(p -> !p.name().startsWith("member")).count() - 1;
    }

    private List<Person> somePeopleWithWork(List<String> ids) {
        var people = new ArrayList<>(List.of(Work.admin(), maker));
        for (var i = 0; i < 48; i++) {
            if (i % 6 == 5) people.add(Work.user());
            else people.add(memberWithWork(ids));
        }
        return people;
    }

    private Person memberWithWork(List<String> ids) {
        var client = Work.client();
        var member = Work.member(client);
        var request = Work.request(member, "clientId", client);
        Work.comment(member, request);
        Work.comment(maker, request, "isInternal", true);
        ids.add(request);
        return member;
    }

    private static void assertNoTransactionStaysOpen() {
        var end = Instant.now().plus(Duration.ofSeconds(20));
        while (!Psql.column(OPEN).equals(List.of("0")) && Instant.now().isBefore(end)) Thread.onSpinWait();
        assertEquals(List.of("0"), Psql.column(OPEN));
    }

    private static Map<String, Object> change(String id, Map<String, Object> input, Integer version) {
        return Work.map("id", id, "input", input, "version", version);
    }

    private JsonObject read(String id) {
        return maker.get(READ, Work.map("id", id)).getJsonObject("request");
    }

    private CompletableFuture<JsonObject> send(Person person, String query, Map<String, Object> variables) {
        var body = new JsonObject().put("query", query).put("variables", new JsonObject(variables));
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + "/graphql"))
                .header("Authorization", "Bearer " + person.token())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenApply(answer -> new JsonObject(answer.body()));
    }

    private static List<JsonObject> all(List<CompletableFuture<JsonObject>> calls) {
        return calls.stream().map(CompletableFuture::join).toList();
    }

    private static JsonObject extensions(JsonObject answer) {
        assertTrue(answer.containsKey("errors"), answer.toString());
        return answer.getJsonArray("errors").getJsonObject(0).getJsonObject("extensions");
    }
}
