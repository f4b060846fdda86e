package io.agencyos.sockets;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.agencyos.testing.Await;
import io.agencyos.testing.RawSocket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The other end of a connection, at a server of the test's own. */
class PeerTest {

    private final Vertx vertx = Vertx.vertx();
    private final CompletableFuture<Channel> channel = new CompletableFuture<>();
    private final CompletableFuture<Peer> peer = new CompletableFuture<>();
    private RawSocket socket;

    @BeforeEach
    void connect() throws ExecutionException, InterruptedException {
        var server = vertx.createHttpServer()
                .requestHandler(this::serve)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        socket = RawSocket.open(URI.create("ws://127.0.0.1:" + server.actualPort() + "/"));
    }

    private void serve(HttpServerRequest request) {
        request.toWebSocket();
        channel.complete(((ConnectionBase) request.connection()).channel());
        peer.complete(Peer.watched(request.connection()));
    }

    @AfterEach
    void close() {
        socket.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whetherToReadOnIsDecidedOnTheLoopAloneOrItCouldForgetThatThereIsRoomAgain() throws Exception {
        var config = channel.get().config();
        assertTrue(whileTheLoopIsBusy(() -> peer.join().pause()), "another thread has decided it");
        Await.until(() -> !config.isAutoRead(), () -> "it reads on");
        whileTheLoopIsBusy(() -> peer.join().resume());
        Await.until(config::isAutoRead, () -> "it reads no more");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, 65_537, 300_000})
    void aMessageOfAnyLengthArrivesWholeAndTheNextBehindIt(int length) throws Exception {
        var text = "x".repeat(length);
        peer.get().send(bytes(text), () -> {}, () -> {});
        peer.get().send(bytes("next"), () -> {}, () -> {});
        assertEquals(text, socket.read().text());
        assertEquals("next", socket.read().text());
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    /** Lets another thread do something in the middle of a task of the loop; whether it still reads at its end. */
    private boolean whileTheLoopIsBusy(Runnable work) throws Exception {
        var loop = channel.get().eventLoop();
        return loop.submit(() -> {
                    CompletableFuture.runAsync(work).join();
                    return channel.join().config().isAutoRead();
                })
                .get();
    }
}
