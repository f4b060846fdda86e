package io.agencyos.graphql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Await;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Person;
import io.agencyos.testing.Psql;
import io.agencyos.testing.RawSocket;
import io.agencyos.testing.Work;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Who shares an execution with whom. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class BroadcastTest {

    private static final String TITLES = "subscription($filter: RequestFilter, $after: String) {"
            + " changes: requestChanged(filter: $filter, after: $after) { operation cursor id node { title } } }";
    private static final String NOTICES =
            "subscription { changes: notificationReceived { operation cursor id node { id } } }";
    private static final String TWICE = "subscription($after: String) {"
            + " changes: requestChanged(after: $after) { operation cursor id node { comments(after: $after) { totalCount } } } }";

    private static final String COMMENTS =
            "subscription($after: String) { changes: commentChanged(after: $after) { operation cursor id node { request { description } } } }";
    /** More than is read of the log at a time, and with its text more than any buffer holds. */
    private static final int MISSED = 250;

    private static final String TEXT = "word ".repeat(20_000);

    private final Person maker = Work.admin();
    private String client;
    private String kept;
    private String moved;
    private final List<LiveClient> sockets = new ArrayList<>();

    @Inject
    MeterRegistry metrics;

    @BeforeEach
    void nobodyListensYet() {
        Await.value(0, this::executions);
        client = Work.client();
        kept = Work.request(maker, "clientId", client, "description", TEXT);
        moved = Work.request(maker, "clientId", client);
    }

    @AfterEach
    void closeTheSockets() {
        sockets.forEach(LiveClient::close);
        Await.value(0, this::executions);
    }

    @Test
    void staffOfOneRoleShareWhatTheyAllSee() {
        var streams = Stream.generate(Work::user)
                .limit(5)
                .map(person -> live(person, TITLES, Map.of()))
                .toList();
        assertEquals(1, executions());
        var id = Work.request(maker);
        streams.forEach(stream -> assertEquals(id, stream.change().getString("id")));
    }

    @Test
    void administratorsShareWithAdministratorsOnly() {
        live(Work.user(), TITLES, Map.of());
        live(Work.admin(), TITLES, Map.of());
        assertEquals(2, executions());
    }

    @Test
    void peopleOfTheSameClientDoNotShareButTheSamePersonDoes() {
        var client = Work.client();
        var person = Work.member(client);
        live(person, TITLES, Map.of());
        live(person, TITLES, Map.of());
        assertEquals(1, executions());
        live(Work.member(client), TITLES, Map.of());
        assertEquals(2, executions());
    }

    @Test
    void whatIsPersonalIsNotShared() {
        live(Work.user(), NOTICES, Map.of());
        live(Work.user(), NOTICES, Map.of());
        assertEquals(2, executions());
    }

    @Test
    void otherVariablesAreAnotherExecution() {
        var person = Work.user();
        live(person, TITLES, Map.of());
        live(person, TITLES, Map.of("filter", Map.of("requestType", Map.of("eq", "PROJECT"))));
        assertEquals(2, executions());
    }

    @Test
    void whoResumesSharesWithWhoBeginsAndHearsOnlyWhatTheyMissed() {
        var first = live(Work.user(), TITLES, Map.of());
        Work.request(maker);
        var cursor = first.change().getString("cursor");
        var later = Work.request(maker);
        assertEquals(later, first.change().getString("id"));
        var resumed = live(Work.user(), TITLES, Map.of("after", cursor));
        assertEquals(later, resumed.change().getString("id"));
        assertEquals(1, executions());
        var last = Work.request(maker);
        for (var stream : List.of(first, resumed))
            assertEquals(last, stream.change().getString("id"));
    }

    @Test
    void aCursorThatIsAlsoUsedElsewhereIsNotLeftOutOfAccount() {
        var first = live(Work.user(), TITLES, Map.of());
        Work.request(maker);
        var cursor = first.change().getString("cursor");
        live(Work.user(), TWICE, Map.of());
        live(Work.user(), TWICE, Map.of("after", cursor));
        assertEquals(3, executions());
    }

    @Test
    void whoStillCatchesUpWhenSomethingMovesIsToldToReadAnew() {
        var member = Work.member(client);
        try (var slow = resume(member, missMuch(member))) {
            assertTrue(slow.read().text().contains("LIVE"));
            move();
            var told = 0;
            for (var text = slow.read().text();
                    !text.contains("RESYNC_REQUIRED");
                    text = slow.read().text()) told++;
            assertTrue(told < MISSED, told + " were told");
        }
    }

    @Test
    void ofWhatWasMissedNoMoreIsMadeInAdvanceThanAPieceHolds() {
        var member = Work.member(client);
        try (var slow = resume(member, missMuch(member))) {
            assertTrue(slow.read().text().contains("LIVE"));
            var made = slow.read().text().contains(TEXT) ? 1 : 0;
            Psql.run("update requests set description = 'short' where id = '" + kept + "'");
            while (slow.read().text().contains(TEXT)) made++;
            // what the kernel takes meanwhile is some 4 MiB
            assertTrue(made < MISSED / 2, made + " were made of the old text");
        }
    }

    @Test
    void whoComesAfterAMoveThatNobodyWasThereToHearOfIsNotToldOfIt() {
        var member = Work.member(client);
        var cursor = missMuch(member);
        var witness = live(Work.user(), TITLES, Map.of());
        var first = live(member, COMMENTS, Map.of());
        assertNextIsSentinel(first);
        try (var slow = resume(member, cursor)) {
            Await.value(3, this::joined);
            first.complete();
            Await.value(2, this::joined);
            move();
            while (!moved.equals(witness.change().getString("id"))) continue;
            var later = live(member, COMMENTS, Map.of());
            assertEquals(2, executions());
            for (var i = 0; i < 3; i++) assertNextIsSentinel(later);
            assertTrue(slow.read().text().contains("LIVE"));
        }
    }

    private void assertNextIsSentinel(LiveClient.Stream stream) {
        var sentinel = Work.comment(maker, kept);
        assertEquals(sentinel, stream.change().getString("id"));
    }

    /** Takes a request of the client's away. */
    private void move() {
        var sql = "update requests set client_id = null where id = ?::uuid returning id";
        assertEquals(List.of(moved), Psql.column(sql, moved));
    }

    /** Lets much happen behind a cursor of this person. */
    private String missMuch(Person person) {
        try (var socket = LiveClient.of(person)) {
            var cursor = socket.subscribe(COMMENTS).live();
            var comment = Work.comment(maker, kept);
            Psql.run(
                    "do $$ begin for i in 1..%d loop update comments set position_x = i where id = '%s'; end loop; end $$"
                            .formatted(MISSED, comment));
            return cursor;
        } finally {
            Await.value(0, this::joined);
        }
    }

    /** Somebody who goes on behind a cursor, and takes nothing of what they missed. */
    private static RawSocket resume(Person person, String cursor) {
        var socket = RawSocket.open().signIn(person);
        var payload = new JsonObject().put("query", COMMENTS).put("variables", Map.of("after", cursor));
        socket.send(new JsonObject()
                .put("type", "subscribe")
                .put("id", "1")
                .put("payload", payload)
                .encode());
        return socket;
    }

    private LiveClient.Stream live(Person person, String document, Map<String, Object> variables) {
        var socket = LiveClient.of(person);
        sockets.add(socket);
        var stream = socket.subscribe(document, variables);
        assertEquals("LIVE", stream.change().getString("operation"));
        Await.until(() -> joined() == sockets.size(), () -> joined() + " subscribers");
        return stream;
    }

    private int executions() {
        return (int) metrics.get("agency.live.groups").gauge().value();
    }

    private int joined() {
        return (int) metrics.get("agency.live.subscribers").gauge().value();
    }
}
