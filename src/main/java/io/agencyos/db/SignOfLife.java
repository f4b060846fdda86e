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
 * takes connections and says nothing.
 */
final class SignOfLife {

    /** The question whether it takes TLS (SSLRequest), to which every PostgreSQL says S or N. */
    private static final Buffer QUESTION = Buffer.buffer().appendInt(8).appendInt(80877103);

    private static final int PATIENCE_S = 5;

    private final NetClient client;

    SignOfLife(Vertx vertx) {
        this.client = vertx.createNetClient(
                new NetClientOptions().setConnectTimeout(PATIENCE_S * 1000).setIdleTimeout(PATIENCE_S));
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
        return client.connect(server.getSocketAddress())
                .compose(SignOfLife::answer)
                .map(server);
    }

    private static Future<Void> answer(NetSocket socket) {
        Promise<Void> answered = Promise.promise();
        socket.handler(x -> {
            answered.tryComplete();
            socket.close();
        });
        socket.exceptionHandler(answered::tryFail);
        socket.closeHandler(x -> answered.tryFail("PostgreSQL takes connections, and says nothing"));
        socket.write(QUESTION);
        return answered.future();
    }
}
