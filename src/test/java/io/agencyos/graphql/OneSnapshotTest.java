package io.agencyos.graphql;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.StatementLog;
import io.agencyos.testing.Together;
import io.agencyos.testing.Work;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** All that one query reads lies on one snapshot; each mutation commits before what is read beneath it. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class OneSnapshotTest {

    private static final String COUNTS = "query($id: ID!) { first: requests(filter: {clientId: {eq: $id}}, first: 100)"
            + " { totalCount nodes { id client { requests(first: 100) { totalCount nodes { id } } } } }"
            + " client(id: $id) { requests(first: 100) { totalCount nodes { id } } }"
            + " last: requests(filter: {clientId: {eq: $id}}, first: 100) { totalCount nodes { id } } }";
    private static final String BOARD = "query($id: ID!) { viewer { firstName } request(id: $id)"
            + " { title createdBy { firstName } comments { totalCount nodes { content user { firstName } } }"
            + " statusHistory { nodes { newStatus } } } clients(first: 3) { totalCount nodes { name } } }";
    private static final String TWO = "mutation($id: ID!) {"
            + " a: createComment(input: {requestId: $id, content: \"a\"}) { request { comments { totalCount } } }"
            + " b: createComment(input: {requestId: $id, content: \"b\"}) { request { comments { totalCount"
            + " nodes { content } } } } }";
    private static final int WRITES = 60;

    private final Person bob = Work.user();

    @Test
    void everyFieldSeesTheSameWhileOthersWrite() {
        var client = Work.client();
        Work.request(bob, "clientId", client);
        var over = new AtomicBoolean();
        var seen = Together.all(3, i -> i == 0 ? write(client, over) : read(client, over));
        var counts = new HashSet<>(seen.get(1));
        counts.addAll(seen.get(2));
        assertTrue(counts.size() > 2, "Nothing changed while it was read: " + counts);
    }

    private Set<Integer> write(String client, AtomicBoolean over) {
        try {
            for (var i = 0; i < WRITES; i++) Work.request(bob, "clientId", client);
            return Set.of();
        } finally {
            over.set(true);
        }
    }

    private Set<Integer> read(String client, AtomicBoolean over) {
        var counts = new HashSet<Integer>();
        while (!over.get()) counts.add(agreed(bob.get(COUNTS, Map.of("id", client))));
        return counts;
    }

    private static int agreed(JsonObject data) {
        var first = data.getJsonObject("first");
        var found = new HashSet<>(List.of(list(first), list(data.getJsonObject("last"))));
        found.add(list(data.getJsonObject("client").getJsonObject("requests")));
        for (var node : first.getJsonArray("nodes"))
            found.add(list(((JsonObject) node).getJsonObject("client").getJsonObject("requests")));
        assertEquals(1, found.size(), () -> "one snapshot, several answers: " + found);
        return first.getInteger("totalCount");
    }

    /** Its count and its ids, so that both have to agree. */
    private static List<Object> list(JsonObject list) {
        var ids = new HashSet<String>();
        for (var node : list.getJsonArray("nodes")) ids.add(((JsonObject) node).getString("id"));
        assertEquals(ids.size(), list.getInteger("totalCount"));
        return List.of(list.getInteger("totalCount"), ids);
    }

    @Test
    void whatIsReadBeneathAMutationSeesItAndThoseBefore() {
        var made = bob.get(TWO, Map.of("id", Work.request(bob)));
        assertEquals(1, comments(made, "a"));
        assertEquals(2, comments(made, "b"));
    }

    private static int comments(JsonObject data, String alias) {
        return data.getJsonObject(alias)
                .getJsonObject("request")
                .getJsonObject("comments")
                .getInteger("totalCount");
    }

    @Test
    void aQueryIsOneTransactionAndSaysOnceWhoAsks() {
        var id = Map.<String, Object>of("id", Work.request(bob));
        bob.get(BOARD, id);
        var transactions = StatementLog.during(() -> bob.get(BOARD, id), bob.id());
        assertEquals(1, transactions.size(), transactions::toString);
        assertReads(transactions.get(0));
    }

    @Test
    void aNestedListIsOneStatementForAllItsParentsAndCountedOnlyWhenAskedFor() {
        for (var i = 0; i < 3; i++) Work.comment(bob, Work.request(bob));
        var lists = "{ requests(first: 3) { nodes { a: comments(first: 1) { nodes { id } %s }"
                + " b: comments(last: 2) { nodes { id } } } } }";
        assertEquals(List.of(2L, 0L), statementsOnComments(lists.formatted("")));
        assertEquals(List.of(2L, 1L), statementsOnComments(lists.formatted("totalCount")));
    }

    /** How many statements read comments, and how many count them. */
    private List<Long> statementsOnComments(String query) {
        bob.get(query);
        var transactions = StatementLog.during(() -> bob.get(query), bob.id());
        assertEquals(1, transactions.size(), transactions::toString);
        var all = transactions.get(0).stream()
                .filter(s -> s.contains(" from comments "))
                .toList();
        var counting = all.stream().filter(s -> s.contains("count(*)")).count();
        return List.of(all.size() - counting, counting);
    }

    @Test
    void eachMutationIsOneTransactionAndWhatIsReadBeneathItAnother() {
        var id = Map.<String, Object>of("id", Work.request(bob));
        bob.get(TWO, id);
        var transactions = StatementLog.during(() -> bob.get(TWO, id), bob.id());
        assertEquals(4, transactions.size(), transactions::toString);
        assertWrites(transactions.get(0));
        assertReads(transactions.get(1));
        assertWrites(transactions.get(2));
        assertReads(transactions.get(3));
    }

    @Test
    void aQueryThatNeedsNoRowsTakesNoTransaction() {
        var query = "{ __typename __schema { queryType { name } } }";
        bob.get(query);
        assertEquals(List.of(), StatementLog.during(() -> bob.get(query), bob.id()));
    }

    private static void assertReads(List<String> statements) {
        assertTrue(statements.get(0).startsWith("begin isolation level repeatable read read only"), statements.get(0));
        assertEquals("rollback", statements.get(statements.size() - 1));
        assertIdentifiedOnce(statements);
    }

    private static void assertWrites(List<String> statements) {
        assertEquals("commit", statements.get(statements.size() - 1));
        assertTrue(statements.stream().anyMatch(s -> s.startsWith("insert into comments")), statements::toString);
        assertIdentifiedOnce(statements);
    }

    private static void assertIdentifiedOnce(List<String> statements) {
        var identities =
                statements.stream().filter(s -> s.contains("'app.user_id'")).count();
        assertEquals(1, identities, statements::toString);
    }
}
