package io.agencyos.db;

import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.SqlConnectOptions;

/**
 * Asks a server whether it is there, before a connection is made: the driver waits without end for the greeting of one that
 * takes connections and says nothing. Whatever is answered is a sign, and if it hangs up.
 */
final class SignOfLife {

    /** GSSENCRequest. Of the one for TLS, if that is there and nothing follows, PostgreSQL complains in its log. */
    private static final Buffer QUESTION = Buffer.buffer().appendInt(8).appendInt(80877104);

    private static final int PATIENCE_MS = 5_000;

    private final Vertx vertx;
    private final NetClient client;

    SignOfLife(Vertx vertx) {
        this.vertx = vertx;
        this.client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(PATIENCE_MS));
    }

    /** The first one that answers, from the one at {@code index} on, or a failure. */
    Future<SqlConnectOptions> firstOf(List<PgConnectOptions> servers, int index) {
        return firstOf(servers, index, servers.size());
    }

    private Future<SqlConnectOptions> firstOf(List<PgConnectOptions> servers, int index, int left) {
        var answered = of(servers.get(index)).<SqlConnectOptions>map(server -> server);
        return left == 1 ? answered : answered.recover(x -> firstOf(servers, (index + 1) % servers.size(), left - 1));
    }

    /** This server, when it has answered. */
    Future<PgConnectOptions> of(PgConnectOptions server) {
        return client.connect(server.getSocketAddress()).compose(this::answer).map(server);
    }

    private Future<Void> answer(NetSocket socket) {
        Promise<Void> answered = Promise.promise();
        var timer =
                vertx.setTimer(PATIENCE_MS, x -> answered.tryFail("PostgreSQL takes connections, and says nothing"));
        socket.handler(x -> answered.tryComplete());
        socket.closeHandler(x -> answered.tryComplete());
        socket.exceptionHandler(x -> answered.tryComplete());
        socket.write(QUESTION);
        return answered.future().onComplete(x -> {
            vertx.cancelTimer(timer);
            socket.close();
        });
    }
}
