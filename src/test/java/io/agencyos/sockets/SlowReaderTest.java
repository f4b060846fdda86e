package io.agencyos.sockets;

import java.util.Map;

import jakarta.inject.Inject;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Await;
import io.agencyos.testing.Person;
import io.agencyos.testing.RawSocket;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Who reads slower than we write is waited for, but not with all of our memory. */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class SlowReaderTest {

    private static final String CREATE = "mutation($text: String) { createRequest(input:"
            + " {title: \"Long\", requestType: CREATIVE, description: $text}) { id } }";
    private static final String LONG =
            "{ requests(filter: {title: {eq: \"Long\"}}, first: 10) { nodes { description } } }";
    private static final String TEXT = "word ".repeat(20_000);
    private static final int TRY_AGAIN_LATER = 1013;

    private final Person slow = Person.user("selma-slow");

    @Inject
    Sockets sockets;

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
}
