package io.agencyos.sockets;

import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Await;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Person;
import io.agencyos.testing.RawSocket;
import io.agencyos.testing.TestDatabase;
import io.agencyos.testing.Work;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Who reads slower than we write is waited for, but not with all of our memory. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class SlowReaderTest {

    private static final String CREATE = "mutation($text: String) { createRequest(input:"
            + " {title: \"Long\", requestType: CREATIVE, description: $text}) { id } }";
    private static final String LONG =
            "{ requests(filter: {title: {eq: \"Long\"}}, first: 10) { nodes { description } } }";
    private static final String CHANGES =
            "subscription { requestChanged(after: %s)" + " { cursor operation node { %s } } }";
    private static final String RETITLE = "do $$ begin for i in 1..%d loop"
            + " update requests set title = 'Title ' || i where id = '%s'; end loop; end $$";
    private static final String TEXT = "word ".repeat(20_000);
    private static final int MISSED = 450;
    private static final int TRY_AGAIN_LATER = 1013;

    private final Person slow = Person.user("selma-slow");

    @Inject
    Sockets sockets;

    @Inject
    MeterRegistry metrics;

    @BeforeEach
    void writeLongTexts() {
        Await.value(0, sockets::count);
        for (int i = 0; i < 10; i++) slow.get(CREATE, Map.of("text", TEXT));
    }

    @Test
    void whoAsksForMuchAndReadsNothingIsClosed() {
        try (var socket = RawSocket.open().signIn(slow)) {
            for (int i = 0; i < 90; i++) socket.subscribe("s" + i, LONG);
            Await.value(0, sockets::count);
            assertEquals(TRY_AGAIN_LATER, socket.closeCode());
        }
    }

    @Test
    void whoAsksForAsMuchAsTheyMayOnManySocketsLosesSomeOfThem() {
        var open = Stream.generate(() -> RawSocket.open().signIn(slow)).limit(5).toList();
        try {
            Await.value(5, sockets::count);
            for (var socket : open) for (int i = 0; i < 20; i++) socket.subscribe("s" + i, LONG);
            Await.until(() -> sockets.count() < 5, () -> "All of it waits");
        } finally {
            open.forEach(RawSocket::close);
        }
    }

    @Test
    void whoAsksForMuchAndReadsInTheEndGetsAll() {
        try (var socket = RawSocket.open().signIn(slow)) {
            for (int i = 0; i < 10; i++) socket.subscribe("s" + i, LONG);
            int read = 0;
            for (int complete = 0; complete < 10; ) {
                var frame = socket.read();
                read += frame.payload().length;
                if (frame.text().contains("\"complete\"")) complete++;
            }
            assertTrue(read > 10_000_000, read + " bytes");
        }
    }

    @Test
    void whoHasMissedMuchAndReadsItSlowlyIsToldAllOfIt() throws SQLException {
        var id = Work.request(slow, "description", TEXT);
        String cursor;
        try (var live = LiveClient.of(slow)) {
            var stream = live.subscribe(CHANGES.formatted("null", "title"));
            cursor = stream.live();
            write(RETITLE.formatted(MISSED, id));
            // from here on it is too late to be told as it happens
            for (int told = 0; told < MISSED; told++) stream.change();
        }
        try (var socket = RawSocket.open().signIn(slow)) {
            socket.subscribe("s", CHANGES.formatted('"' + cursor + '"', "description"));
            for (int told = 0; told < MISSED; ) {
                var text = socket.read().text();
                if (text.contains("\"UPDATE\"")) told++;
                assertFalse(text.contains("\"error"), text);
            }
        }
    }

    @Test
    void whoReadsNothingOfManyStreamsLosesSomeBeforeTheyTakeAllMemory() throws SQLException {
        var id = Work.request(slow, "description", TEXT);
        var before = overflows();
        try (var socket = RawSocket.open().signIn(slow)) {
            for (int i = 0; i < 15; i++) {
                socket.subscribe(
                        "s" + i, "subscription { s%d: requestChanged { id node { description } } }".formatted(i));
                assertTrue(socket.read().text().contains("next"));
            }
            // some 6 MB for each of them
            write(RETITLE.formatted(60, id));
            Await.until(() -> overflows() > before, () -> "All of it waits");
        }
    }

    @Test
    void norIsWhatTheyMissedOnManyStreamsKeptForThem() throws SQLException {
        var id = Work.request(slow, "description", TEXT);
        String cursor;
        try (var live = LiveClient.of(slow)) {
            cursor = live.subscribe(CHANGES.formatted("null", "title")).live();
        }
        // more than is made of it in advance, which is some 1 MB
        write(RETITLE.formatted(20, id));
        var before = overflows();
        try (var socket = RawSocket.open().signIn(slow)) {
            for (int i = 0; i < 90; i++)
                socket.subscribe("s" + i, CHANGES.formatted('"' + cursor + '"', "description"));
            Await.until(() -> overflows() > before, () -> "All of it is kept");
        }
    }

    private double overflows() {
        return metrics.get("agency.live.overflows").counter().count();
    }

    private static void write(String sql) throws SQLException {
        try (var connection = TestDatabase.connect("postgres", AgencyResource.DATABASE)) {
            connection.createStatement().execute(sql);
        }
    }
}
