package io.agencyos.db;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import jakarta.inject.Singleton;

import io.netty.handler.flush.FlushConsolidationHandler;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.pgclient.PgPool;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.impl.SocketConnectionBase;

/**
 * Makes the pool such that PostgreSQL's errors come through Hibernate whole. Hibernate Reactive turns them into an
 * exception with text and state alone, and so would lose the constraint, the column and the detail that say to a client
 * what was wrong; it leaves alone what is none of the driver's exceptions.
 */
@Singleton
@RegisterForReflection(
        targets = {
            PgPool.class,
            Pool.class,
            SqlClient.class,
            PgConnection.class,
            SqlConnection.class,
            PreparedQuery.class,
            Query.class,
            Transaction.class
        })
class OutspokenPool implements PgPoolCreator {

    private final ConnectionRules connections;
    private final PoolerRules rules;
    private CancelRequests cancelRequests;
    private volatile Input made;

    OutspokenPool(ConnectionRules connections, PoolerRules rules) {
        this.connections = connections;
        this.rules = rules;
    }

    @Override
    public Pool create(Input input) {
        made = input;
        input.pgConnectOptionsList().forEach(connections::encrypt);
        return open(input.vertx(), input.poolOptions(), rules.apply(input.pgConnectOptionsList()));
    }

    private Pool open(Vertx vertx, PoolOptions options, List<PgConnectOptions> servers) {
        cancelRequests = new CancelRequests(vertx, servers);
        var pool = PgBuilder.pool()
                .with(options)
                .withConnectHandler(this::prepare)
                .connectingTo(inTurn(new SignOfLife(vertx), servers))
                .using(vertx)
                .build();
        return (Pool) outspoken(pool);
    }

    /** Another pool, like this one but for the server. */
    Pool elsewhere(UnaryOperator<PgConnectOptions> server) {
        var servers =
                made.pgConnectOptionsList().subList(0, 1).stream().map(server).toList();
        return new OutspokenPool(connections, rules)
                .open(made.vertx(), new PoolOptions(made.poolOptions()), rules.apply(servers));
    }

    /** Where sessions of one's own are to be had, and as whom. To be asked when the pool has been made. */
    List<PgConnectOptions> servers() {
        return rules.direct(made.pgConnectOptionsList());
    }

    /** The servers take turns, and one that does not answer is passed over. */
    private static Supplier<Future<SqlConnectOptions>> inTurn(SignOfLife sign, List<PgConnectOptions> servers) {
        var turn = new AtomicInteger();
        return () -> sign.firstOf(servers, Math.floorMod(turn.getAndIncrement(), servers.size()));
    }

    private void prepare(SqlConnection connection) {
        var socket = Patience.socket(connection);
        sendTogether(socket);
        connections.answerMs().ifPresent(limit -> Patience.on(socket, limit));
        // it goes into the pool
        connection.close();
    }

    /**
     * Makes one packet of the statements that are sent without waiting for one another: else each is a packet, a system
     * call here and another one there, and wakes up PostgreSQL for itself.
     */
    private static void sendTogether(SocketConnectionBase socket) {
        socket.socket().channelHandlerContext().pipeline().addFirst(new FlushConsolidationHandler(256, true));
    }

    /** An error of PostgreSQL, kept whole as the cause. */
    private static final class StatementFailed extends RuntimeException {
        StatementFailed(PgException cause) {
            super(null, cause, false, false);
        }
    }

    private Object outspoken(Object result) {
        if (result instanceof Future<?> future)
            return future.map(this::outspoken).recover(OutspokenPool::fail);
        if (result instanceof PgPool) return proxy(result, PgPool.class);
        if (result instanceof PgConnection connection) return connection(connection);
        if (result instanceof PreparedQuery<?>) return proxy(result, PreparedQuery.class);
        if (result instanceof Transaction) return proxy(result, Transaction.class);
        if (result instanceof Query<?>) return proxy(result, Query.class);
        return result;
    }

    private static Future<Object> fail(Throwable failure) {
        return Future.failedFuture(failure instanceof PgException e ? new StatementFailed(e) : failure);
    }

    private Object proxy(Object target, Class<?> type) {
        return proxy(type, (self, method, arguments) -> {
            // a unit that was cancelled between two statements begins no further one
            if (method.getName().startsWith("execute") && WriteUnit.isCancelled())
                return Future.failedFuture(Units.abandoned());
            return outspoken(invoke(target, method, arguments));
        });
    }

    private Object connection(PgConnection connection) {
        var unit = WriteUnit.current();
        if (unit != null) unit.took(() -> cancelRequests.send(connection));
        return proxy(PgConnection.class, new Connection(this, connection, unit));
    }

    private record Connection(OutspokenPool pool, PgConnection connection, WriteUnit unit)
            implements InvocationHandler {

        @Override
        public Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
            if (is(method, "cancelRequest")) return pool.cancelRequests.send(connection);
            if (unit != null && is(method, "close")) return giveBack(unit, connection);
            return pool.outspoken(OutspokenPool.invoke(connection, method, arguments));
        }

        private static boolean is(Method method, String name) {
            return method.getParameterCount() == 0 && method.getName().equals(name);
        }
    }

    /** The driver's own connection behind one of this pool, for what reads its errors whole: it costs less. */
    static PgConnection plain(SqlConnection connection) {
        return ((Connection) Proxy.getInvocationHandler(connection)).connection;
    }

    private static Future<Void> giveBack(WriteUnit unit, PgConnection connection) {
        var settled = unit.giveBack();
        var clean = unit.cancelled() ? settled.compose(x -> rolledBack(connection)) : settled;
        return clean.eventually(() -> connection.close()).mapEmpty();
    }

    /** A cancellation may have hit the very rollback, and then the transaction is there, but takes no statement. */
    private static Future<?> rolledBack(PgConnection connection) {
        return connection.query("select").execute().recover(x -> connection
                .query("rollback")
                .execute());
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(OutspokenPool.class.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
