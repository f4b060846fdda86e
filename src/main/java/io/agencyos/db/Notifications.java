package io.agencyos.db;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgNotification;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import org.jboss.logging.Logger;

/**
 * PostgreSQL's LISTEN and NOTIFY, on one connection of their own beside the pool. It is opened when somebody listens
 * for the first time, and anew whenever it is lost; what is notified meanwhile is not heard. A notification never goes
 * out in a writer's transaction, since the commits of those that notify wait for one another.
 */
@ApplicationScoped
public class Notifications {

    private static final Logger LOG = Logger.getLogger(Notifications.class);
    private static final String NOTIFY = "select count(pg_notify($1, payload)) from unnest($2::text[]) payload";
    private static final long PATIENCE_MS = 5_000;
    private static final long PROBE_MS = 30_000;
    private static final long LONGEST_PAUSE_MS = 5_000;

    private final Vertx vertx;
    private final Supplier<List<PgConnectOptions>> servers;
    private final SignOfLife sign;
    private final Context loop;

    // all below is touched on the loop alone
    private final Map<String, Consumer<String>> listeners = new HashMap<>();
    private PgConnection connection;
    private boolean connecting;
    private boolean stopped;
    private int failures;
    private long probe;

    @Inject
    Notifications(Vertx vertx, Pool pool, OutspokenPool outspoken) {
        this(vertx, () -> {
            pool.size(); // the pool is made when it is first asked for something, and knows the servers then
            return outspoken.servers();
        });
    }

    Notifications(Vertx vertx, Supplier<List<PgConnectOptions>> servers) {
        this.vertx = vertx;
        this.servers = servers;
        this.sign = new SignOfLife(vertx);
        this.loop = ((VertxInternal) vertx).createEventLoopContext();
    }

    /**
     * Hears of each notification on {@code channel} from now on, in the order of their commits, one after the other.
     * One listener a channel.
     */
    public void listen(String channel, Consumer<String> hears) {
        loop.runOnContext(x -> {
            var isFirst = listeners.isEmpty();
            listeners.put(channel, hears);
            if (isFirst) probe = vertx.setPeriodic(PROBE_MS, y -> probe());
            if (connection == null) connect();
            else connection.query(listen(channel)).execute();
        });
    }

    /**
     * Notifies all who listen to {@code channel}, this process too, in one statement. Each payload has less than 8000
     * bytes of UTF-8, and no two are the same, for PostgreSQL would make one of them.
     *
     * @return fails when there is no connection, or when it is lost before PostgreSQL has answered; then nobody knows
     *     whether somebody has heard it
     */
    public Uni<Void> send(String channel, List<String> payloads) {
        return Uni.createFrom()
                .emitter(emitter -> loop.runOnContext(x -> {
                    var values = Tuple.of(channel).addArrayOfString(payloads.toArray(String[]::new));
                    answered(NOTIFY, values)
                            .onSuccess(y -> emitter.complete(null))
                            .onFailure(emitter::fail);
                }));
    }

    /** An answer that does not come says that the connection is dead, though nobody may have hung up. */
    private Future<?> answered(String sql, Tuple values) {
        var asked = connection;
        if (asked == null) return Future.failedFuture("There is no connection to PostgreSQL");
        var timer = vertx.setTimer(PATIENCE_MS, x -> lose(asked));
        return asked.preparedQuery(sql).execute(values).onComplete(x -> vertx.cancelTimer(timer));
    }

    private void probe() {
        if (connection != null) answered("select 1", Tuple.tuple());
    }

    private void lose(PgConnection dead) {
        if (connection != dead || stopped) return;
        connection = null;
        dead.close();
        LOG.warn("The connection that hears notifications is lost; another one is opened");
        connect();
    }

    private void connect() {
        if (connecting || stopped) return;
        connecting = true;
        sign.of(server())
                .compose(server -> PgConnection.connect(vertx, server))
                .compose(this::listening)
                .onSuccess(this::connected)
                .onFailure(this::failed);
    }

    private Future<PgConnection> listening(PgConnection fresh) {
        Patience.on((SocketConnectionBase) ((SqlConnectionInternal) fresh).unwrap(), PATIENCE_MS);
        fresh.notificationHandler(this::hear);
        fresh.closeHandler(x -> lose(fresh));
        return listenToAll(fresh).map(fresh).onFailure(x -> fresh.close());
    }

    private Future<?> listenToAll(PgConnection fresh) {
        var all = Set.copyOf(listeners.keySet());
        return fresh.query(all.stream().map(Notifications::listen).collect(Collectors.joining(";")))
                .execute()
                // others may have come meanwhile
                .compose(x -> all.equals(listeners.keySet()) ? Future.succeededFuture() : listenToAll(fresh));
    }

    private static String listen(String channel) {
        return "listen " + channel;
    }

    private void connected(PgConnection fresh) {
        connecting = false;
        failures = 0;
        connection = fresh;
        if (stopped) fresh.close();
    }

    private void failed(Throwable failure) {
        connecting = false;
        if (failures++ == 0) LOG.warnf("Notifications cannot be heard: %s", failure.getMessage());
        vertx.setTimer(Math.min(LONGEST_PAUSE_MS, 100L << Math.min(failures, 10)), x -> connect());
    }

    /** Where there are several servers, one after the other is tried. */
    private PgConnectOptions server() {
        var known = servers.get();
        var options = new PgConnectOptions(known.get(failures % known.size()));
        // nothing is lost with a notification: nobody has to wait for the disk
        return options.addProperty("application_name", "agency-os notifications")
                .addProperty("synchronous_commit", "off")
                .setCachePreparedStatements(true);
    }

    private void hear(PgNotification notification) {
        var listener = listeners.get(notification.getChannel());
        try {
            if (listener != null) listener.accept(notification.getPayload());
        } catch (RuntimeException e) {
            LOG.error("Somebody who heard a notification failed", e);
        }
    }

    @PreDestroy
    void stop() {
        loop.runOnContext(x -> {
            stopped = true;
            vertx.cancelTimer(probe);
            if (connection != null) connection.close();
        });
    }
}
