package io.agencyos.realtime;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Await;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Person;
import io.agencyos.testing.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Who hears of what, and when. That somebody does not hear of a change is proven by a later one that they do hear of,
 * with nothing before it.
 */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class LiveTest {

    private static final String CHANGES = "subscription($filter: RequestFilter, $after: String) {"
            + " requestChanged(filter: $filter, after: $after)"
            + " { cursor operation id changedFields at node { id title status } } }";

    private final Person alice = Person.admin("live-alice");
    private final List<LiveClient> sockets = new ArrayList<>();

    @AfterEach
    void closeTheSockets() {
        sockets.forEach(LiveClient::close);
    }

    @Test
    void aChangeByTheApiIsTold() {
        var stream = live(alice);
        var id = request(null, "Banner");
        var made = stream.change();
        assertEquals("INSERT", made.getString("operation"));
        assertEquals(id, made.getString("id"));
        assertEquals("Banner", made.getJsonObject("node").getString("title"));
        assertTrue(made.getJsonArray("changedFields").isEmpty());
    }

    @Test
    void anUpdateNamesTheFieldsThatChanged() {
        var id = request(null, "Banner");
        var stream = live(alice);
        edit(id, Map.of("title", "Poster", "priority", "URGENT"));
        var changed = stream.change();
        assertEquals("UPDATE", changed.getString("operation"));
        assertEquals(
                Set.of("title", "priority"),
                changed.getJsonArray("changedFields").stream().collect(java.util.stream.Collectors.toSet()));
        assertEquals("Poster", changed.getJsonObject("node").getString("title"));
    }

    @Test
    void anUpdateThatChangesNothingIsNotTold() {
        var id = request(null, "Banner");
        var stream = live(alice);
        edit(id, Map.of("title", "Banner"));
        assertNextIsSentinel(stream, null);
    }

    @Test
    void aDeleteIsToldWithoutANode() {
        var id = request(null, "Banner");
        var stream = live(alice);
        delete(id);
        var gone = stream.change();
        assertEquals("DELETE", gone.getString("operation"));
        assertEquals(id, gone.getString("id"));
        assertNull(gone.getJsonObject("node"));
    }

    @Test
    void aChangeByPlainSqlOfTheRuntimeRoleIsTold() throws SQLException {
        var id = request(null, "Banner");
        var stream = live(alice);
        try (var sql = asAlice()) {
            execute(sql, "update requests set title = 'By SQL' where id = ?::uuid", id);
            sql.commit();
        }
        assertEquals("By SQL", stream.change().getJsonObject("node").getString("title"));
    }

    @Test
    void aChangeByASuperuserIsTold() throws SQLException {
        var id = request(null, "Banner");
        var stream = live(alice);
        try (var sql = TestDatabase.connect("postgres", AgencyResource.DATABASE)) {
            execute(sql, "update requests set title = 'By the superuser' where id = ?::uuid", id);
        }
        assertEquals("By the superuser", stream.change().getJsonObject("node").getString("title"));
    }

    @Test
    void whatIsRolledBackIsNeverTold() throws SQLException {
        var id = request(null, "Banner");
        var stream = live(alice);
        try (var sql = asAlice()) {
            execute(sql, "update requests set title = 'Never' where id = ?::uuid", id);
            sql.rollback();
        }
        assertNextIsSentinel(stream, null);
    }

    @Test
    void peopleOfAClientHearOfTheirOwnRequestsOnly() {
        var north = client();
        var south = client();
        var stream = live(member(north));
        request(south, "Of another client");
        request(null, "Of the agency itself");
        assertNextIsSentinel(stream, north);
    }

    @Test
    void peopleOfAClientDoNotHearOfTheDeleteOfAnothersRequest() {
        var north = client();
        var theirs = request(client(), "Of another client");
        var stream = live(member(north));
        edit(theirs, Map.of("title", "Changed"));
        delete(theirs);
        assertNextIsSentinel(stream, north);
    }

    @Test
    void peopleOfAClientHearOfTheDeleteOfTheirOwnRequest() {
        var north = client();
        var id = request(north, "Banner");
        var stream = live(member(north));
        delete(id);
        var gone = stream.change();
        assertEquals("DELETE", gone.getString("operation"));
        assertEquals(id, gone.getString("id"));
    }

    @Test
    void aPersonWhoIsTakenIntoAClientIsToldToReadAnewAndHearsOfItFromThen() {
        var north = client();
        var person = Person.client("live-" + UUID.randomUUID());
        var stream = live(person);
        join(north, person);
        assertEquals("RESYNC_REQUIRED", stream.errorCode());
        assertNextIsSentinel(live(person), north);
    }

    @Test
    void aMemberWhoIsRemovedInTheMiddleOfAStreamIsToldToReadAnewAndHearsNothingMore() {
        var north = client();
        var south = client();
        var person = member(north);
        join(south, person);
        var stream = live(person);
        var id = request(north, "Seen");
        assertEquals(id, stream.change().getString("id"));
        leave(north, person);
        edit(id, Map.of("title", "Unseen"));
        delete(id);
        assertEquals("RESYNC_REQUIRED", stream.errorCode());
        var again = live(person);
        assertNextIsSentinel(again, south);
    }

    @Test
    void rightsThatGoWhileALongWriterHoldsTheFeedBackEndTheStreamAllTheSame() throws SQLException {
        var north = client();
        var person = member(north);
        try (var sql = asAlice()) {
            insert(sql, "Long in the making");
            var stream = live(person);
            leave(north, person);
            assertEquals("RESYNC_REQUIRED", stream.errorCode());
            var again = live(person);
            sql.commit();
            join(north, person);
            assertEquals("RESYNC_REQUIRED", again.errorCode());
        }
    }

    @Test
    void thoseWhoShareAnExecutionWithSomebodyWhoLosesARightGoOn() {
        var north = client();
        var one = live(member(north));
        var other = member(north);
        var stream = live(other);
        var staff = live(alice);
        leave(north, other);
        assertEquals("RESYNC_REQUIRED", stream.errorCode());
        assertNextIsSentinel(one, north);
        assertEquals("Sentinel", staff.change().getJsonObject("node").getString("title"));
    }

    @Test
    void aCursorFromBeforeTheLogWasTrimmedAsksToReadAnew() throws SQLException {
        var first = socket(alice);
        var cursor = first.subscribe(CHANGES).live();
        first.close();
        try (var sql = TestDatabase.connect("postgres", AgencyResource.DATABASE)) {
            execute(sql, "delete from change_log_trimmed");
            execute(
                    sql,
                    "insert into change_log_trimmed (xid, seq) values (?::xid8, 9000000000)",
                    cursor.substring(0, cursor.indexOf('.')));
        }
        var stream = socket(alice).subscribe(CHANGES, Map.of("after", cursor));
        assertEquals("RESYNC_REQUIRED", stream.errorCode());
        try (var sql = TestDatabase.connect("postgres", AgencyResource.DATABASE)) {
            execute(sql, "delete from change_log_trimmed");
        }
        assertNextIsSentinel(live(alice), null);
    }

    @Test
    void aCursorThatTheLogHasNotComeToAsksToReadAnew() {
        var stream = socket(alice).subscribe(CHANGES, Map.of("after", "999999999999.1"));
        assertEquals("RESYNC_REQUIRED", stream.errorCode());
    }

    @Test
    void aRequestThatMovesToAnotherClientIsGoneForOneAndThereForTheOther() {
        var north = client();
        var south = client();
        var id = request(north, "Banner");
        var left = live(member(north));
        var joined = live(member(south));
        edit(id, Map.of("clientId", south));
        var gone = left.change();
        assertEquals("DELETE", gone.getString("operation"));
        assertNull(gone.getJsonObject("node"));
        var there = joined.change();
        assertEquals(new JsonArray(List.of("client")), there.getJsonArray("changedFields"));
        assertEquals(id, there.getString("id"));
        assertEquals("Banner", there.getJsonObject("node").getString("title"));
        edit(id, Map.of("title", "No longer yours"));
        assertEquals("No longer yours", joined.change().getJsonObject("node").getString("title"));
        assertNextIsSentinel(left, north);
    }

    @Test
    void theNodeIsReadWithItsNestedFieldsForEveryChange() {
        var north = client();
        var stream = socket(alice)
                .subscribe(
                        "subscription { requestChanged { operation node { title client { id name }"
                                + " createdBy { firstName } comments { totalCount nodes { content user { firstName } } } } } }");
        assertEquals("LIVE", stream.change().getString("operation"));
        var id = request(north, "Banner");
        assertNested(stream.change(), north, 0);
        comment(id, "Larger");
        edit(id, Map.of("title", "Poster"));
        assertNested(stream.change(), north, 1);
    }

    private static void assertNested(JsonObject change, String client, int comments) {
        var node = change.getJsonObject("node");
        assertEquals(client, node.getJsonObject("client").getString("id"));
        assertEquals("Live-alice", node.getJsonObject("createdBy").getString("firstName"));
        assertEquals(comments, node.getJsonObject("comments").getInteger("totalCount"));
        for (var comment : node.getJsonObject("comments").getJsonArray("nodes"))
            assertEquals(
                    "Live-alice", ((JsonObject) comment).getJsonObject("user").getString("firstName"));
    }

    @Test
    void nestedFieldsOfAClientsStreamLeaveOutWhatIsInternal() {
        var north = client();
        var id = request(north, "Banner");
        alice.get(
                "mutation($id: ID!) { createComment(input: {requestId: $id, content: \"Secret\", isInternal: true}) { id } }",
                Map.of("id", id));
        comment(id, "Open");
        var stream = socket(member(north))
                .subscribe(
                        "subscription { requestChanged { operation node { comments { totalCount nodes { content } } } } }");
        assertEquals("LIVE", stream.change().getString("operation"));
        edit(id, Map.of("title", "Poster"));
        var comments = stream.change().getJsonObject("node").getJsonObject("comments");
        assertEquals(1, comments.getInteger("totalCount"));
        assertEquals("Open", comments.getJsonArray("nodes").getJsonObject(0).getString("content"));
    }

    @Test
    void changesComeInTheOrderOfTheirCommits() {
        var stream = live(alice);
        var ids = IntStream.range(0, 30)
                .mapToObj(i -> request(null, "Number " + i))
                .toList();
        assertEquals(ids, ids(stream, ids.size()));
    }

    @Test
    void manyChangesOfOneTransactionComeInTheirOrder() throws SQLException {
        var stream = live(alice);
        try (var sql = asAlice()) {
            execute(
                    sql,
                    "insert into requests (title, request_type, created_by) select ? || n, 'creative', app_user_id()"
                            + " from generate_series(1, 500) n",
                    "Bulk ");
            sql.commit();
        }
        for (var n = 1; n <= 500; n++)
            assertEquals("Bulk " + n, stream.change().getJsonObject("node").getString("title"));
    }

    @Test
    void aStreamThatIsTakenUpAgainLosesNothingAndDoublesNothing() {
        var first = socket(alice);
        var before = first.subscribe(CHANGES);
        before.live();
        var seen = request(null, "Seen");
        var change = before.change();
        assertEquals(seen, change.getString("id"));
        first.close();
        var missed = IntStream.range(0, 5)
                .mapToObj(i -> request(null, "Missed " + i))
                .toList();
        var again = resume(change.getString("cursor"));
        var later = request(null, "Later");
        assertEquals(missed, ids(again, missed.size()));
        assertEquals(later, again.change().getString("id"));
    }

    @Test
    void aStreamIsTakenUpAgainFromTheCursorOfItsFirstMessage() {
        var first = socket(alice);
        var cursor = first.subscribe(CHANGES).live();
        first.close();
        var missed = request(null, "Missed");
        assertEquals(missed, resume(cursor).change().getString("id"));
    }

    @Test
    void aTransactionThatCommitsLateIsToldOnceAndNothingOvertakesItInTheLog() throws SQLException {
        var stream = live(alice);
        try (var sql = asAlice()) {
            var late = insert(sql, "Late");
            var early = request(null, "Early");
            sql.commit();
            assertEquals(List.of(late, early), ids(stream, 2));
        }
        assertNextIsSentinel(stream, null);
    }

    @Test
    void aTransactionThatIsOpenWhileTheClientIsAwayIsNotLost() throws SQLException {
        var first = socket(alice);
        var cursor = first.subscribe(CHANGES).live();
        try (var sql = asAlice()) {
            var late = insert(sql, "Late");
            first.close();
            var early = request(null, "Early");
            var again = resume(cursor);
            var last = request(null, "Last");
            sql.commit();
            assertEquals(List.of(late, early, last), ids(again, 3));
        }
    }

    @Test
    void aTransactionThatWasOpenBeforeTheStreamBeganIsTold() throws SQLException {
        try (var sql = asAlice()) {
            var late = insert(sql, "Late");
            var stream = live(alice);
            sql.commit();
            assertEquals(late, stream.change().getString("id"));
        }
    }

    @Test
    void theLogIsReadByTheNumbersOfTransactionsAndNotByTheirTexts() throws SQLException {
        var id = request(null, "Long ago");
        try (var sql = TestDatabase.connect("postgres", AgencyResource.DATABASE)) {
            for (var xid : List.of("9", "10"))
                execute(
                        sql,
                        "insert into change_log (xid, table_name, op, row_id) values (?::xid8, 'requests', 'UPDATE', ?)",
                        xid,
                        id);
            var stream = socket(alice).subscribe(CHANGES, Map.of("after", "8.0"));
            stream.live();
            assertTrue(stream.change().getString("cursor").startsWith("9."));
            assertTrue(stream.change().getString("cursor").startsWith("10."));
            execute(sql, "delete from change_log where xid < '11'");
        }
    }

    @Test
    void whatIsMadeAgainByATransactionThatBeganBeforeIsThereInTheEnd() throws SQLException {
        var id = request(null, "Again");
        var stream = live(alice);
        try (var early = TestDatabase.connect("postgres", AgencyResource.DATABASE);
                var late = TestDatabase.connect("postgres", AgencyResource.DATABASE)) {
            early.setAutoCommit(false);
            execute(early, "insert into clients (name) values ('Began before')");
            execute(late, "delete from requests where id = ?::uuid", id);
            execute(early, "insert into requests (id, title, request_type) values (?::uuid, 'Again', 'creative')", id);
            early.commit();
        }
        assertEquals(id, stream.change().getString("id"));
        var last = stream.change();
        assertEquals(id, last.getString("id"));
        assertEquals("UPDATE", last.getString("operation"));
        assertEquals("Again", last.getJsonObject("node").getString("title"));
    }

    @Test
    void whoseRoleHasChangedHasToSignInAnew() throws SQLException {
        var person = Person.user("live-" + UUID.randomUUID());
        var socket = socket(person);
        socket.subscribe(CHANGES).live();
        try (var sql = TestDatabase.connect("postgres", AgencyResource.DATABASE)) {
            execute(
                    sql,
                    "update profiles set role = 'client' where id = ?::uuid",
                    person.id().toString());
        }
        assertEquals(4403, socket.closeCode());
    }

    @Test
    void howFarTheFeedIsBehindIsMeasured() throws SQLException {
        try (var sql = asAlice()) {
            insert(sql, "Holds the feed back");
            request(null, "Waits");
            Await.until(() -> metric("agency_live_lag_rows") >= 1, () -> "no lag");
            assertTrue(metric("agency_live_lag_ms") >= 0);
            sql.rollback();
        }
        Await.value(0.0, () -> metric("agency_live_lag_rows"));
    }

    @Test
    void resumingWithACursorFromBeforeOnesRightsChangedAsksToReadAnew() {
        var north = client();
        var person = member(north);
        var first = socket(person);
        var cursor = first.subscribe(CHANGES).live();
        first.close();
        request(north, "Missed, and no longer to be seen");
        leave(north, person);
        var stream = socket(person).subscribe(CHANGES, Map.of("after", cursor));
        assertEquals("RESYNC_REQUIRED", stream.errorCode());
    }

    @Test
    void aFilterLetsThroughOnlyWhatMatches() {
        var stream = socket(alice).subscribe(CHANGES, Map.of("filter", Map.of("requestType", Map.of("eq", "PROJECT"))));
        stream.live();
        request(null, "Creative");
        var project = alice.get("mutation { createRequest(input: {title: \"Site\", requestType: PROJECT}) { id } }")
                .getJsonObject("createRequest")
                .getString("id");
        assertEquals(project, stream.change().getString("id"));
    }

    @Test
    void aRequestThatLeavesTheFilterIsToldOnceMore() {
        var id = request(null, "Banner");
        var stream = socket(alice).subscribe(CHANGES, Map.of("filter", Map.of("status", Map.of("eq", "NEW_REQUEST"))));
        stream.live();
        alice.get("mutation($id: ID!) { changeRequestStatus(id: $id, status: IN_PROGRESS) { id } }", Map.of("id", id));
        var left = stream.change();
        assertEquals(id, left.getString("id"));
        assertEquals("IN_PROGRESS", left.getJsonObject("node").getString("status"));
        edit(id, Map.of("title", "Outside"));
        assertNextIsSentinel(stream, null);
    }

    @Test
    void twoSubscriptionsOnOneSocketEachHearTheirOwn() {
        var socket = socket(alice);
        var north = client();
        var south = client();
        var first = socket.subscribe(CHANGES, Map.of("filter", Map.of("clientId", Map.of("eq", north))));
        var second = socket.subscribe(CHANGES, Map.of("filter", Map.of("clientId", Map.of("eq", south))));
        first.live();
        second.live();
        var ofNorth = request(north, "North");
        var ofSouth = request(south, "South");
        assertEquals(ofNorth, first.change().getString("id"));
        assertEquals(ofSouth, second.change().getString("id"));
    }

    @Test
    void manySubscribersHearTheSameChange() {
        var streams = IntStream.range(0, 50).mapToObj(x -> live(alice)).toList();
        var id = request(null, "For all");
        streams.forEach(stream -> assertEquals(id, stream.change().getString("id")));
    }

    @Test
    void nobodyWaitsInTheFeedAnyMoreWhenTheSocketsAreClosed() {
        IntStream.range(0, 5).forEach(x -> live(alice));
        request(null, "So that all have waited");
        sockets.forEach(LiveClient::close);
        Await.value(0.0, this::waiting);
    }

    @Test
    void nobodyWaitsInTheFeedAnyMoreWhenSocketsAreCutInTheMiddleOfTheirStart() {
        for (var i = 0; i < 40; i++) {
            var socket = LiveClient.open();
            socket.init(alice.token());
            IntStream.range(0, 5).forEach(x -> socket.subscribe(CHANGES));
            socket.close();
        }
        var stream = live(alice);
        request(null, "So that all have waited");
        stream.change();
        sockets.forEach(LiveClient::close);
        Await.value(0.0, this::waiting);
    }

    @Test
    void aStreamOutlivesTheLossOfAllConnectionsToTheDatabase() throws SQLException {
        var stream = live(alice);
        try (var sql = TestDatabase.connect("postgres", AgencyResource.DATABASE);
                var statement = sql.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'agency_app'");
            statement.execute("insert into requests (title, request_type) values ('Still here', 'creative')");
        }
        assertEquals("Still here", stream.change().getJsonObject("node").getString("title"));
    }

    @Test
    void nobodyWaitsInTheFeedAnyMoreWhenTheSubscriptionsAreComplete() {
        var socket = socket(alice);
        var streams =
                IntStream.range(0, 5).mapToObj(x -> socket.subscribe(CHANGES)).toList();
        streams.forEach(LiveClient.Stream::live);
        streams.forEach(LiveClient.Stream::complete);
        Await.value(0.0, this::waiting);
    }

    private double waiting() {
        return metric("agency_live_subscribers") + metric("agency_live_groups");
    }

    private static double metric(String name) {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    private LiveClient socket(Person person) {
        var socket = LiveClient.of(person);
        sockets.add(socket);
        return socket;
    }

    private LiveClient.Stream live(Person person) {
        var stream = socket(person).subscribe(CHANGES);
        stream.live();
        return stream;
    }

    private LiveClient.Stream resume(String cursor) {
        var stream = socket(alice).subscribe(CHANGES, Map.of("after", cursor));
        assertEquals(cursor, stream.live());
        return stream;
    }

    private static List<String> ids(LiveClient.Stream stream, int count) {
        return IntStream.range(0, count)
                .mapToObj(x -> stream.change().getString("id"))
                .toList();
    }

    /** Makes a change that the stream has to tell, and nothing else before it. */
    private void assertNextIsSentinel(LiveClient.Stream stream, String client) {
        var sentinel = request(client, "Sentinel");
        var next = stream.change();
        assertEquals(sentinel, next.getString("id"), next.encode());
    }

    private String client() {
        return alice.get(
                        "mutation($name: String!) { createClient(input: {name: $name}) { id } }",
                        Map.of("name", "Client " + UUID.randomUUID()))
                .getJsonObject("createClient")
                .getString("id");
    }

    private Person member(String client) {
        var person = Person.client("live-" + UUID.randomUUID());
        join(client, person);
        return person;
    }

    private void join(String client, Person person) {
        alice.get(
                "mutation($c: ID!, $p: ID!) { addClientMember(clientId: $c, profileId: $p) { id } }",
                Map.of("c", client, "p", person.id().toString()));
    }

    private void leave(String client, Person person) {
        alice.get(
                "mutation($c: ID!, $p: ID!) { removeClientMember(clientId: $c, profileId: $p) { id } }",
                Map.of("c", client, "p", person.id().toString()));
    }

    private String request(String client, String title) {
        var input = new java.util.HashMap<String, Object>(Map.of("title", title, "requestType", "CREATIVE"));
        if (client != null) input.put("clientId", client);
        return alice.get(
                        "mutation($input: CreateRequestInput!) { createRequest(input: $input) { id } }",
                        Map.of("input", input))
                .getJsonObject("createRequest")
                .getString("id");
    }

    private void edit(String id, Map<String, Object> input) {
        alice.get(
                "mutation($id: ID!, $input: UpdateRequestInput!) { updateRequest(id: $id, input: $input) { id } }",
                Map.of("id", id, "input", input));
    }

    private void delete(String id) {
        alice.get("mutation($id: ID!) { deleteRequest(id: $id) { id } }", Map.of("id", id));
    }

    private void comment(String request, String content) {
        alice.get(
                "mutation($id: ID!, $text: String!) { createComment(input: {requestId: $id, content: $text}) { id } }",
                Map.of("id", request, "text", content));
    }

    /** A transaction of the runtime role with the identity of an administrator. */
    private Connection asAlice() throws SQLException {
        var id = alice.id().toString();
        var sql = TestDatabase.connect(TestDatabase.RUNTIME, AgencyResource.DATABASE);
        sql.setAutoCommit(false);
        try (var identity = sql.prepareStatement(
                "select set_config('app.user_id', ?, true), set_config('app.role', 'admin', true)")) {
            identity.setString(1, id);
            identity.execute();
        }
        return sql;
    }

    private static String insert(Connection sql, String title) throws SQLException {
        var id = UUID.randomUUID().toString();
        execute(
                sql,
                "insert into requests (id, title, request_type, created_by) values (?::uuid, ?, 'creative', app_user_id())",
                id,
                title);
        return id;
    }

    private static void execute(Connection sql, String text, String... values) throws SQLException {
        try (var statement = sql.prepareStatement(text)) {
            for (var i = 0; i < values.length; i++) statement.setString(i + 1, values[i]);
            statement.executeUpdate();
        }
    }
}
