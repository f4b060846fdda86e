package io.agencyos.graphql;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Person;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What somebody sends who wants to see the service fall. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class HostileInputTest {

    private static final String CREATE =
            "mutation($input: CreateRequestInput!) { createRequest(input: $input) { id } }";
    private static final String COMMENT =
            "mutation($input: CreateCommentInput!) { createComment(input: $input) { id } }";
    private static final String DELETE = "mutation($id: ID!) { deleteRequest(id: $id) { id } }";

    private final Person hank = Person.user("hank");

    @Test
    void aConditionThatIsNullIsAnsweredAtOnce() {
        var answer = hank.ask("query($b: Boolean = true) { viewer { id @skip(if: $b) } }", Work.map("b", null));
        assertEquals(true, answer.containsKey("errors"), answer.encode());
    }

    @Test
    void aQueryThatGoesRoundInCirclesIsRefusedBeforeItRuns() {
        var round = "id";
        for (var i = 0; i < 4; i++) round = "requests(first: 100) { nodes { client { " + round + " } } }";
        assertEquals("LIMIT_EXCEEDED", hank.code("{ clients { nodes { " + round + " } } }", Map.of()));
    }

    static Stream<Arguments> tooMuch() {
        return Stream.of(
                Arguments.of(
                        "or",
                        IntStream.range(0, 2_000)
                                .mapToObj(i -> Map.of("search", "x"))
                                .toList()),
                Arguments.of("search", "word ".repeat(10_000)));
    }

    @ParameterizedTest
    @MethodSource("tooMuch")
    void aFilterHasItsLimits(String field, Object value) {
        var query = "query($f: RequestFilter) { requests(filter: $f) { totalCount } }";
        assertEquals("LIMIT_EXCEEDED", hank.code(query, Map.of("f", Map.of(field, value))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+20000-01-01T00:00:00Z",
                "0000-01-01T00:00:00Z",
                "-4713-01-01T00:00:00Z",
                "+999999999-12-31T23:59:59-18:00"
            })
    void aTimeThatTheDatabaseWouldWriteOtherwiseIsRefused(String time) {
        var input = Map.of("title", "Late", "requestType", "CREATIVE", "dueDate", time);
        assertEquals("VALIDATION_FAILED", hank.code(CREATE, Map.of("input", input)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {2147483648d, -2147483649d, 1.5})
    void aNumberThatIsNoIntIsRefused(double number) {
        var query = "query($n: Int) { requests(first: $n) { totalCount } }";
        assertEquals("VALIDATION_FAILED", hank.code(query, Map.of("n", number)));
    }

    @Test
    void aVersionIsNotCutToSize() {
        var id = Work.request(hank);
        var update = "mutation { updateRequest(id: \"%s\", input: {title: \"x\"}, ifVersion: 4294967297) { id } }";
        assertEquals("VALIDATION_FAILED", hank.code(update.formatted(id), Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "1e999"})
    void aPlaceThatIsNoNumberIsRefused(String place) {
        var input = Map.of("requestId", Work.request(hank), "content", "Here", "positionX", place);
        assertEquals("VALIDATION_FAILED", hank.code(COMMENT, Map.of("input", input)));
    }

    @Test
    void aHugePlaceInTheDocumentIsRefused() {
        var create = "mutation { createComment(input: {requestId: \"%s\", content: \"x\", positionX: 1e999}) { id } }";
        assertEquals("VALIDATION_FAILED", hank.code(create.formatted(Work.request(hank)), Map.of()));
    }

    @Test
    void deepJsonIsRefused() {
        Object deep = 1;
        for (var i = 0; i < 900; i++) deep = List.of(deep);
        var input = Map.of("title", "Deep", "requestType", "CREATIVE", "metadata", Map.of("a", deep));
        assertEquals("LIMIT_EXCEEDED", hank.code(CREATE, Map.of("input", input)));
    }

    @Test
    void ofManyWhoDeleteOneSucceedsAndTheOthersFindNothing() {
        for (var round = 0; round < 10; round++) {
            var id = Map.<String, Object>of("id", Work.request(hank));
            var all = Stream.generate(() -> CompletableFuture.supplyAsync(() -> hank.ask(DELETE, id)))
                    .limit(3)
                    .toList();
            var codes = all.stream()
                    .map(CompletableFuture::join)
                    .filter(a -> a.containsKey("errors"))
                    .map(HostileInputTest::code)
                    .toList();
            assertEquals(List.of("NOT_FOUND", "NOT_FOUND"), codes);
        }
    }

    private static String code(io.vertx.core.json.JsonObject answer) {
        return answer.getJsonArray("errors")
                .getJsonObject(0)
                .getJsonObject("extensions")
                .getString("code");
    }

    @Test
    void whatAClientMayNotSeeIsAnsweredLikeWhatIsNotThere() {
        var client = Work.client();
        var request = Work.request(hank, "clientId", client);
        var internal = Map.of("requestId", request, "content", "Between us", "isInternal", true);
        var hidden = hank.get(COMMENT, Map.of("input", internal))
                .getJsonObject("createComment")
                .getString("id");
        var member = Work.member(client);
        var answers = Stream.of(hidden, UUID.randomUUID().toString())
                .map(parent -> Map.<String, Object>of("requestId", request, "content", "Hm", "parentCommentId", parent))
                .map(input -> member.error(COMMENT, Map.of("input", input)))
                .collect(java.util.stream.Collectors.toSet());
        assertEquals(1, answers.size(), () -> answers.toString());
        assertTrue(
                Set.of("VALIDATION_FAILED").contains(answers.iterator().next().getString("code")));
    }

    @Test
    void aClientGivesWorkOnlyToPeopleTheySee() {
        var client = Work.client();
        var member = Work.member(client);
        var id = Work.request(member, "clientId", client);
        var assign = "mutation($id: ID!, $to: ID) { assignRequest(id: $id, to: $to) { assignedTo { id } } }";
        var stranger = Work.stranger().id().toString();
        for (var nobody : List.of(stranger, UUID.randomUUID().toString()))
            assertEquals("FORBIDDEN", member.code(assign, Map.of("id", id, "to", nobody)));
        var given = member.get(assign, Map.of("id", id, "to", hank.id().toString()));
        assertEquals(
                hank.id().toString(),
                given.getJsonObject("assignRequest").getJsonObject("assignedTo").getString("id"));
    }

    @Test
    void aStreamThatFailsSaysSo() {
        try (var socket = LiveClient.of(hank)) {
            var filter = Map.<String, Object>of("f", Map.of("title", Map.of("contains", "\u0000")));
            var stream = socket.subscribe(
                    "subscription($f: RequestFilter) { requestChanged(filter: $f) { operation } }", filter);
            stream.data();
            Work.request(hank);
            assertEquals("VALIDATION_FAILED", stream.errorCode());
        }
    }
}
