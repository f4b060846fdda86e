package io.agencyos.testing;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;

/**
 * What stands before the replicas: it gives each new connection to one that says it is ready, in turn. It asks them now
 * and then, so for a moment it believes one that is not ready any more, as those of real installations do.
 */
public final class LoadBalancer implements AutoCloseable {

    private static final long ASKED_EVERY_MS = 200;
    private static final String HOST = "127.0.0.1";

    private final Vertx vertx = Vertx.vertx();
    private final NetClient far = vertx.createNetClient();
    private final HttpClient probe = vertx.createHttpClient();
    private final List<Packaged> replicas = new CopyOnWriteArrayList<>();
    private volatile List<Integer> ready = List.of();
    private final AtomicInteger turn = new AtomicInteger();
    private final NetServer server;

    /** Starts on a free port of this machine only. */
    public LoadBalancer() {
        var listening = vertx.createNetServer().connectHandler(this::take).listen(0, HOST);
        server = listening.toCompletionStage().toCompletableFuture().join();
        vertx.setPeriodic(ASKED_EVERY_MS, timer -> ask());
    }

    /** Counts this replica in, and waits until it gets connections. */
    public void add(Packaged replica) {
        replicas.add(replica);
        Await.until(() -> ready.contains(port(replica)), () -> "It is not ready: " + replica.out());
    }

    /** Forgets a replica that has ended. */
    public void remove(Packaged replica) {
        replicas.remove(replica);
    }

    public URI address(String scheme, String path) {
        return URI.create(scheme + "://" + HOST + ":" + server.actualPort() + path);
    }

    private static int port(Packaged replica) {
        return replica.address("http", "/").getPort();
    }

    private void ask() {
        var asked = replicas.stream().map(LoadBalancer::port).toList();
        var answers = asked.stream().map(this::isReady).toList();
        Future.join(answers)
                .onComplete(all -> ready = asked.stream()
                        .filter(port -> answers.get(asked.indexOf(port)).result())
                        .toList());
    }

    private Future<Boolean> isReady(int port) {
        return probe.request(HttpMethod.GET, port, HOST, "/q/health/ready")
                .compose(HttpClientRequest::send)
                .map(answer -> answer.statusCode() == 200)
                .otherwise(false);
    }

    private void take(NetSocket near) {
        var choice = ready;
        if (choice.isEmpty()) {
            near.close();
            return;
        }
        near.pause();
        var port = choice.get(Math.floorMod(turn.getAndIncrement(), choice.size()));
        far.connect(port, HOST)
                .onSuccess(socket -> {
                    socket.pipeTo(near);
                    near.pipeTo(socket);
                })
                .onFailure(failure -> near.close());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
