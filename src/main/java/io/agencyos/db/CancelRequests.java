package io.agencyos.db;

import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;

/**
 * Cancels what runs on a connection. The driver's own request is done when it is written, and could then come so late
 * that it hits whoever has the connection next. This one is done when PostgreSQL hangs up: the process behind the
 * connection has been told by then, and drops what finds it idle.
 */
final class CancelRequests {

    private static final int CODE = 80877102;
    private static final int PATIENCE_S = 5;

    private final NetClient client;
    private final List<SocketAddress> servers;

    CancelRequests(Vertx vertx, List<PgConnectOptions> servers) {
        var patience =
                new NetClientOptions().setConnectTimeout(PATIENCE_S * 1000).setIdleTimeout(PATIENCE_S);
        this.client = vertx.createNetClient(patience);
        this.servers = servers.stream()
                .map(PgConnectOptions::getSocketAddress)
                .distinct()
                .toList();
    }

    /** Cancels what runs on {@code connection} now, and fails when nobody can be told. */
    Future<Void> send(PgConnection connection) {
        var request = Buffer.buffer()
                .appendInt(16)
                .appendInt(CODE)
                .appendInt(connection.processId())
                .appendInt(connection.secretKey());
        // where there are several servers, the others do not know the key
        return Future.join(servers.stream().map(server -> send(server, request)).toList())
                .mapEmpty();
    }

    private Future<Void> send(SocketAddress server, Buffer request) {
        return client.connect(server).compose(socket -> write(socket, request));
    }

    private static Future<Void> write(NetSocket socket, Buffer request) {
        Promise<Void> hungUp = Promise.promise();
        socket.exceptionHandler(x -> {}).closeHandler(hungUp::complete);
        socket.write(request);
        return hungUp.future();
    }
}
