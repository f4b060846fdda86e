package io.agencyos.graphql;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import jakarta.inject.Inject;

import io.agencyos.db.ErrorCode;
import io.agencyos.db.Refusal;
import io.agencyos.sockets.Socket;
import io.agencyos.sockets.Sockets;
import io.agencyos.testing.AgencyResource;
import io.agencyos.testing.Person;
import io.agencyos.testing.RawSocket;
import io.agencyos.testing.SseReader;
import io.agencyos.testing.Work;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Nothing comes behind the end, though one loop may end what another one is about to write to: here the moment between
 * the two is held open.
 */
@QuarkusTest
@WithTestResource(AgencyResource.class)
class LastWordTest {

    private static final String REASON = "That is all";

    @Inject
    Sockets sockets;

    @Inject
    Vertx vertx;

    private final Person nora = Work.user();

    @Test
    void whatIsOnItsWayToTheLoopDoesNotComeBehindTheCloseFrame() {
        var lost = new CompletableFuture<Void>();
        try (var socket = RawSocket.open().signIn(nora)) {
            var open = only();
            open.peer().send(text("first"), () -> endWhileSending(open, lost), () -> {});
            assertEquals("first", socket.read().text());
            assertEquals(1012, socket.closeCode());
            socket.send(RawSocket.CLOSE, new byte[] {3, (byte) 0xF4});
            assertThrows(UncheckedIOException.class, socket::read);
            assertDoesNotThrow(lost::join);
        }
    }

    /** On the loop, which takes up what another thread says only when this is done. */
    private static void endWhileSending(Socket open, CompletableFuture<Void> lost) {
        CompletableFuture.runAsync(() -> open.peer().send(text("late"), () -> {}, () -> lost.complete(null)))
                .join();
        open.end(1012, REASON);
    }

    @Test
    void anEventThatWasAboutToBeWrittenIsNoErrorWhenTheStreamHasEnded() throws Exception {
        var begun = new CompletableFuture<EventStream>();
        var server = serve(request -> begun.complete(stream(request)));
        try (var reader = SseReader.open(URI.create("http://127.0.0.1:" + server.actualPort()), nora, "{ x }")) {
            var stream = begun.get();
            stream.end(1012, REASON);
            // the line, as one calls it who has seen it open
            assertDoesNotThrow(() -> stream.send(late(), new Delivery(stream)));
            assertDoesNotThrow(stream::ping);
            assertTrue(reader.toTheEnd().endsWith(": " + REASON + "\n\n"));
        } finally {
            server.close();
        }
    }

    private EventStream stream(HttpServerRequest request) {
        var stream = new EventStream(request, null, sockets, vertx);
        stream.send(new Operations.Outcome(null, Multi.createFrom().nothing()), Duration.ofMinutes(1));
        return stream;
    }

    private HttpServer serve(java.util.function.Consumer<HttpServerRequest> handler) throws Exception {
        return vertx.createHttpServer()
                .requestHandler(handler::accept)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    private static Answer late() {
        return Answer.of(new Refusal(ErrorCode.CONFLICT, "Too late"));
    }

    /** The one socket that is open. */
    private Socket only() {
        var found = sockets.which(socket -> true);
        assertEquals(1, found.size());
        return found.get(0);
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }
}
