package io.agencyos.sockets;

import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import jakarta.inject.Inject;

import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Await;
import io.agencyos.testing.Caller;
import io.agencyos.testing.Impatient;
import io.agencyos.testing.LiveClient;
import io.agencyos.testing.Person;
import io.agencyos.testing.RawSocket;
import io.agencyos.testing.RawSocket.Frame;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Who gives no sign of life is given up, and leaves nothing behind. */
@QuarkusTest
@TestProfile(Impatient.class)
@WithTestResource(AgencyResource.class)
class DeadPeerTest {

    private static final String LIVE = "subscription { requestChanged { operation } }";
    private static final int GONE = 1001;
    private static final byte[] NOTHING = {};

    private final Person dora = Person.user("dora-dead");

    @Inject
    Sockets sockets;

    @AfterEach
    void nothingIsLeft() {
        Await.value(0, sockets::count);
    }

    @Test
    void aPeerThatAnswersNoPingIsClosed() {
        try (var dead = RawSocket.open().signIn(dora)) {
            assertEquals(RawSocket.PING, dead.read().opcode());
            assertEquals(GONE, dead.closeCode());
        }
    }

    @Test
    void aPeerThatAnswersPingsStays() {
        try (var alive = RawSocket.open().signIn(dora);
                var dead = RawSocket.open().signIn(dora)) {
            var gone = CompletableFuture.supplyAsync(dead::closeCode);
            while (!gone.isDone()) answer(alive);
            assertEquals(GONE, gone.join());
            answer(alive);
            alive.send("{\"type\": \"ping\"}");
            Frame pong = alive.read();
            while (pong.opcode() != RawSocket.TEXT) pong = alive.read();
            assertEquals("{\"type\":\"pong\"}", pong.text());
        }
    }

    private static void answer(RawSocket socket) {
        var ping = socket.read();
        assertEquals(RawSocket.PING, ping.opcode());
        socket.send(RawSocket.PONG, ping.payload());
    }

    @Test
    void aPeerThatTalksIsNotAsked() {
        try (var talking = RawSocket.open().signIn(dora);
                var dead = RawSocket.open().signIn(dora)) {
            var gone = CompletableFuture.supplyAsync(dead::closeCode);
            while (!gone.isDone()) {
                talking.send("{\"type\": \"ping\"}");
                assertEquals(RawSocket.TEXT, talking.read().opcode());
            }
        }
    }

    @Test
    void aRealClientIsKeptThoughItSaysNothing() {
        try (var alive = LiveClient.of(dora);
                var dead = RawSocket.open().signIn(dora)) {
            assertEquals(GONE, dead.closeCode());
            alive.send("{\"type\": \"ping\"}");
            assertEquals("pong", alive.message().getString("type"));
        }
    }

    @Test
    void aPeerThatPingsAndNeverReadsIsNotReadFromAndGivenUp() {
        try (var flood = RawSocket.open().signIn(dora)) {
            var writing = new Thread(() -> pingOnAndOn(flood));
            writing.start();
            Await.value(0, sockets::count);
            flood.close();
            join(writing);
        }
    }

    private static void pingOnAndOn(RawSocket socket) {
        var payload = new byte[100];
        try {
            while (true) socket.send(RawSocket.PING, payload);
        } catch (UncheckedIOException closed) {
            // that is what it waits for
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anEventStreamIsKeptAliveByComments() {
        try (var stream = Caller.of(dora, "text/event-stream", LIVE, Map.of())) {
            stream.awaitAnswer("LIVE");
            for (int i = 0; i < 4; i++) stream.awaitAnswer(":\n\n");
        }
    }

    @Test
    void whoSendsNothingButHalfAFrameIsGivenUp() {
        try (var half = RawSocket.open().signIn(dora)) {
            half.send(RawSocket.TEXT, 0x80, NOTHING);
            assertEquals(GONE, half.closeCode());
        }
    }
}
