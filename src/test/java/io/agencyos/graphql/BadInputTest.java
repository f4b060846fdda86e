package io.agencyos.graphql;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.TestDatabase;
import io.agencyos.testing.Tokens;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Whatever a client sends, the answer names what is wrong and tells nothing of the inside; nor does the log. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class BadInputTest {

    private static final String CREATE =
            "mutation($input: CreateRequestInput!) { createRequest(input: $input) { id } }";
    private static final String LIST = "query($filter: RequestFilter) { requests(filter: $filter) { nodes { id } } }";
    private static final List<String> INSIDE = List.of(
            "select ",
            "insert into",
            "update requests",
            "delete from",
            " from requests",
            "localhost",
            "127.0.0.1",
            "agency_app",
            "agency_owner",
            "io.agencyos",
            "io.vertx",
            "io.smallrye",
            "org.hibernate",
            "java.",
            "graphql.",
            "jakarta",
            "Exception",
            "\tat ",
            "PgExc",
            "relation ",
            "constraint",
            "row-level",
            "$1");

    private final Person person = Person.user("clumsy");
    private final LogCatcher log = new LogCatcher();

    @BeforeEach
    void listen() {
        Logger.getLogger("").addHandler(log);
    }

    @AfterEach
    void theLogTellsNothing() {
        Logger.getLogger("").removeHandler(log);
        for (var line : log.lines) assertNothingOfTheInside(line);
    }

    @Test
    void theLogIsHeard() {
        org.jboss.logging.Logger.getLogger("io.agencyos.graphql.Errors").warn("heard");
        assertTrue(log.lines.stream().anyMatch(line -> line.contains("heard")), log.lines.toString());
    }

    static Stream<Arguments> wrongQueries() {
        var all = Stream.of(
                "{ requests(filter: {status: {eq: NOWHERE}}) { nodes { id } } }",
                "{ requests(filter: {status: {eq: \"NEW_REQUEST\"}}) { nodes { id } } }",
                "{ requests(filter: {colour: {eq: \"red\"}}) { nodes { id } } }",
                "{ requests(orderBy: [{field: COLOUR}]) { nodes { id } } }",
                "{ requests { nodes { colour } } }",
                "{ requests }",
                "{ request { id } }",
                "{ request(id: 12) { id } }",
                "{ request(id: \"12\") { id } }",
                "{ request(id: \"1-1-1-1-1\") { id } }",
                "{ requests(filter: {clientId: {eq: \"12\"}}) { nodes { id } } }",
                "{ requests(filter: {clientId: {in: [\"12\"]}}) { nodes { id } } }",
                "{ requests(filter: {dueDate: {lt: \"tomorrow\"}}) { nodes { id } } }",
                "{ requests(first: \"ten\") { nodes { id } } }",
                "{ requests(first: 99999999999) { nodes { id } } }",
                "mutation { createRequest(input: {title: \"x\"}) { id } }",
                "mutation { createRequest(input: {title: \"x\", requestType: CREATIVE, createdBy: \"a\"}) { id } }",
                "mutation { createRequest(input: {title: \"x\", requestType: CREATIVE, status: COMPLETED}) { id } }",
                "{ viewer { id }",
                "{",
                "hello",
                "query($a: Nothing) { viewer { id } }",
                "query($a: ID!) { request(id: $a) { id } }",
                "{ viewer { ...on Request { id } } }",
                "fragment f on Profile { ...f } { viewer { ...f } }",
                "query a { viewer { id } } query b { viewer { id } }");
        return all.map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("wrongQueries")
    void aWrongQueryIsRefused(String query) {
        refused(ask(query, Map.of()), "VALIDATION_FAILED");
    }

    static Stream<Arguments> wrongPages() {
        return Stream.of(
                Arguments.of("first: -1", "first"),
                Arguments.of("first: 101", "first"),
                Arguments.of("last: -1", "last"),
                Arguments.of("last: 101", "last"),
                Arguments.of("first: 1, last: 1", "last"),
                Arguments.of("first: 1, after: \"x\", before: \"y\"", "before"),
                Arguments.of("first: 1, before: \"y\"", "before"),
                Arguments.of("last: 1, after: \"y\"", "after"));
    }

    @ParameterizedTest
    @MethodSource("wrongPages")
    void aWrongPageNamesItsArgument(String arguments, String field) {
        var lists = List.of("requests", "profiles", "clients");
        for (var list : lists) {
            var error = refused(ask("{ %s(%s) { nodes { id } } }".formatted(list, arguments)), "VALIDATION_FAILED");
            assertEquals(field, error.getString("field"));
        }
    }

    static Stream<String> brokenCursors() {
        var mine = "[\"created_at desc,id desc\",\"%s\",\"%s\"]";
        var json = Stream.of(
                "[]",
                "{}",
                "null",
                "[null]",
                "[1,2,3]",
                "[\"title asc\",\"x\"]",
                mine.formatted("some day", UUID.randomUUID()),
                mine.formatted("2027-01-01T00:00:00Z", "12"),
                mine.formatted("2027-01-01T00:00:00Z'; drop table requests; --", UUID.randomUUID()),
                "[\"created_at desc,id desc\",null,null]",
                "[\"created_at desc,id desc\",\"\\u0000\",\"" + UUID.randomUUID() + "\"]");
        var encoded = json.map(text -> Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes()));
        return Stream.concat(encoded, Stream.of("", "x", "????", "a".repeat(5000)));
    }

    @ParameterizedTest
    @MethodSource("brokenCursors")
    void aBrokenCursorIsRefused(String cursor) {
        var query = "query($after: String) { requests(first: 1, after: $after) { nodes { id } } }";
        refused(ask(query, Map.of("after", cursor)), "VALIDATION_FAILED");
    }

    @Test
    void aCursorOfAnotherOrderIsRefused() {
        Work.request(person);
        var page = person.get("{ requests(first: 1, orderBy: [{field: TITLE}]) { pageInfo { endCursor } } }");
        var cursor = page.getJsonObject("requests").getJsonObject("pageInfo").getString("endCursor");
        var query = "query($after: String) { requests(first: 1, after: $after) { nodes { id } } }";
        refused(ask(query, Map.of("after", cursor)), "VALIDATION_FAILED");
    }

    static Stream<Arguments> wrongInputs() {
        return Stream.of(
                Arguments.of("title", "t".repeat(300)),
                Arguments.of("title", ""),
                Arguments.of("title", " \t\n"),
                Arguments.of("description", "d".repeat(100_001)),
                Arguments.of("clientId", UUID.randomUUID().toString()),
                Arguments.of("assignedTo", UUID.randomUUID().toString()));
    }

    @ParameterizedTest
    @MethodSource("wrongInputs")
    void aWrongFieldIsNamed(String field, Object value) {
        var input = Work.map("title", "x", "requestType", "CREATIVE");
        input.put(field, value);
        var error = refused(ask(CREATE, Map.of("input", input)), "VALIDATION_FAILED");
        assertEquals(field, error.getString("field"));
    }

    static Stream<Arguments> wrongKinds() {
        return Stream.of(
                Arguments.of("title", 12),
                Arguments.of("title", List.of("x", "y")),
                Arguments.of("requestType", "NOTHING"),
                Arguments.of("priority", "creative"),
                Arguments.of("dueDate", "2027-02-30T00:00:00Z"),
                Arguments.of("clientId", "12"),
                Arguments.of("id", "{}"),
                Arguments.of("colour", "red"),
                Arguments.of("createdBy", UUID.randomUUID().toString()),
                Arguments.of("status", "COMPLETED"));
    }

    @ParameterizedTest
    @MethodSource("wrongKinds")
    void aVariableOfTheWrongKindIsRefused(String field, Object value) {
        var input = Work.map("title", "x", "requestType", "CREATIVE");
        input.put(field, value);
        refused(ask(CREATE, Map.of("input", input)), "VALIDATION_FAILED");
    }

    @Test
    void anInvalidIdInAVariableIsRefused() {
        refused(ask("query($id: ID!) { request(id: $id) { id } }", Map.of("id", "nope")), "VALIDATION_FAILED");
        refused(ask(LIST, Map.of("filter", Map.of("id", Map.of("eq", "nope")))), "VALIDATION_FAILED");
        refused(ask(LIST, Map.of("filter", Map.of("id", Map.of("in", List.of("nope"))))), "VALIDATION_FAILED");
        refused(ask(LIST, Map.of("filter", Map.of("colour", Map.of("eq", "red")))), "VALIDATION_FAILED");
    }

    @Test
    void theNulCharacterIsRefusedEverywhere() {
        var text = "a\u0000b";
        refused(ask(CREATE, Map.of("input", Map.of("title", text, "requestType", "CREATIVE"))), "VALIDATION_FAILED");
        var metadata = Map.of("title", "x", "requestType", "CREATIVE", "metadata", Map.of("a", text));
        refused(ask(CREATE, Map.of("input", metadata)), "VALIDATION_FAILED");
        refused(ask(LIST, Map.of("filter", Map.of("title", Map.of("eq", text)))), "VALIDATION_FAILED");
        refused(ask(LIST, Map.of("filter", Map.of("title", Map.of("contains", text)))), "VALIDATION_FAILED");
        refused(ask(LIST, Map.of("filter", Map.of("search", text))), "VALIDATION_FAILED");
        var note =
                "mutation($id: ID!, $note: String) { changeRequestStatus(id: $id, status: IN_PROGRESS, note: $note) { id } }";
        refused(ask(note, Map.of("id", Work.request(person), "note", text)), "VALIDATION_FAILED");
    }

    @Test
    void aQuoteIsNoDanger() {
        var title = "'; drop table requests; -- $1 ? \\";
        var id = Work.request(person, "title", title);
        var found = person.get(LIST, Map.of("filter", Map.of("id", Map.of("eq", id), "title", Map.of("eq", title))));
        assertEquals(1, found.getJsonObject("requests").getJsonArray("nodes").size());
    }

    @Test
    void aBodyThatIsTooLongIsRefused() {
        var input = Map.of("title", "t".repeat(10_000_000), "requestType", "CREATIVE");
        refused(ask(CREATE, Map.of("input", input)), "LIMIT_EXCEEDED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "[]", "null", "12", "\"query\"", "{", "{\"query\": 1}", "{}", "{\"query\": \"\"}"})
    void aBodyThatIsNoOperationIsRefused(String body) {
        refused(post(body, "application/json"), "VALIDATION_FAILED");
    }

    @Test
    void partsOfTheBodyHaveToBeWhatTheyAre() {
        refused(post("{\"query\":\"{viewer{id}}\",\"variables\":[]}", "application/json"), "VALIDATION_FAILED");
        refused(post("{\"query\":\"{viewer{id}}\",\"variables\":\"x\"}", "application/json"), "VALIDATION_FAILED");
        refused(post("{\"query\":\"{viewer{id}}\",\"operationName\":1}", "application/json"), "VALIDATION_FAILED");
        refused(
                post("{\"query\":\"query a {viewer{id}}\",\"operationName\":\"b\"}", "application/json"),
                "VALIDATION_FAILED");
    }

    @Test
    void anotherContentTypeIsRefused() {
        refused(post("{\"query\":\"{viewer{id}}\"}", "text/plain"), "VALIDATION_FAILED");
        refused(post("<query/>", "application/xml"), "VALIDATION_FAILED");
    }

    @Test
    void deepJsonBreaksNothing() {
        var deep = "{\"query\":\"{viewer{id}}\",\"variables\":" + "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_001);
        var answer = post(deep, "application/json");
        assertTrue(answer.statusCode() < 500, answer.asString());
        assertNothingOfTheInside(answer.asString());
    }

    @Test
    void aDeepDocumentBreaksNothing() {
        var filter = "{not: ".repeat(3_000) + "{title: {eq: \"x\"}}" + "}".repeat(3_000);
        var answer = ask("{ requests(filter: " + filter + ") { nodes { id } } }");
        assertTrue(answer.statusCode() < 500, answer.asString());
        assertFalse(answer.asString().contains("INTERNAL"), answer.asString());
        assertNothingOfTheInside(answer.asString());
    }

    static Stream<Arguments> wrongTokens() {
        return Stream.of(
                Arguments.of("of another key", "Bearer " + Tokens.forged("clumsy", "admin")),
                Arguments.of("expired", "Bearer " + Tokens.until(Instant.now().minusSeconds(600), "clumsy", "admin")),
                Arguments.of("cut", "Bearer " + Tokens.of("clumsy", "admin").substring(0, 100)),
                Arguments.of("unsigned", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJjbHVtc3kifQ."),
                Arguments.of("no token", "Bearer "),
                Arguments.of("another scheme", "Basic YTpi"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongTokens")
    void aTokenThatIsNotToBeTrustedIsRefused(String why, String header) {
        var answer = given().header("Authorization", header)
                .contentType("application/json")
                .body("{\"query\":\"{viewer{id}}\"}")
                .post("/graphql");
        assertEquals(401, answer.statusCode());
        assertEquals("UNAUTHENTICATED", refused(answer, "UNAUTHENTICATED").getString("code"));
    }

    @Test
    void withoutATokenNothingIsAnswered() {
        for (var query : List.of(
                "{ viewer { id } }",
                "{ requests { totalCount } }",
                "{ profiles { nodes { id } } }",
                "{ slackMessages { totalCount } }",
                "{ unreadMentionCount }",
                "{ notifications { totalCount } }",
                "{ unreadNotificationCount }")) {
            var body = new JsonObject().put("query", query).encode();
            var answer = given().contentType("application/json").body(body).post("/graphql");
            refused(answer, "UNAUTHENTICATED");
        }
    }

    private Response ask(String query) {
        return ask(query, Map.of());
    }

    private Response ask(String query, Map<String, Object> variables) {
        var body = new JsonObject().put("query", query).put("variables", new JsonObject(variables));
        return post(body.encode(), "application/json");
    }

    private Response post(String body, String contentType) {
        return given().header("Authorization", "Bearer " + person.token())
                .header("Content-Type", contentType)
                .body(body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .post("/graphql");
    }

    /** The extensions of the first error; every one has the code. */
    private static JsonObject refused(Response answer, String code) {
        var text = answer.asString();
        var errors = new JsonObject(text).getJsonArray("errors");
        assertNotNull(errors, text);
        for (var error : errors)
            assertEquals(code, ((JsonObject) error).getJsonObject("extensions").getString("code"), text);
        assertTrue(answer.statusCode() == 200 || answer.statusCode() / 100 == 4, "HTTP " + answer.statusCode());
        assertNothingOfTheInside(text);
        return errors.getJsonObject(0).getJsonObject("extensions");
    }

    private static void assertNothingOfTheInside(String text) {
        var words = new ArrayList<>(INSIDE);
        words.add(":" + TestDatabase.port());
        for (var word : words) assertFalse(text.contains(word), "'" + word + "' in " + text);
    }

    private static final class LogCatcher extends Handler {
        private final List<String> lines = java.util.Collections.synchronizedList(new ArrayList<>());

        @Override
        public void publish(LogRecord entry) {
            lines.add(entry.getMessage() + " " + (entry.getThrown() == null ? "" : entry.getThrown()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
