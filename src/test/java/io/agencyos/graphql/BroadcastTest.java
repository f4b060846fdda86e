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
import io.agencyos.testing.Work;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

    private final Person maker = Work.admin();
    private final List<LiveClient> sockets = new ArrayList<>();

    @Inject
    MeterRegistry metrics;

    @BeforeEach
    void nobodyListensYet() {
        Await.value(0, this::executions);
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
