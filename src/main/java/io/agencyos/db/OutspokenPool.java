package io.agencyos.db;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;

import jakarta.inject.Singleton;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Future;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.pgclient.PgPool;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;

/**
 * Makes the pool such that PostgreSQL's errors come through Hibernate whole. Hibernate Reactive turns them into an
 * exception with text and state alone, and so would lose the constraint, the column and the detail that say to a client
 * what was wrong; it leaves alone what is none of the driver's exceptions.
 */
@Singleton
class OutspokenPool implements PgPoolCreator {

    @Override
    public Pool create(Input input) {
        var pool = PgBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
                .using(input.vertx())
                .build();
        return (Pool) outspoken(pool);
    }

    /** An error of PostgreSQL, kept whole as the cause. */
    private static final class StatementFailed extends RuntimeException {
        StatementFailed(PgException cause) {
            super(null, cause, false, false);
        }
    }

    private static Object outspoken(Object result) {
        if (result instanceof Future<?> future)
            return future.map(OutspokenPool::outspoken).recover(OutspokenPool::fail);
        if (result instanceof PgPool) return proxy(result, new Class<?>[] {PgPool.class});
        if (result instanceof PgConnection connection) return connection(connection);
        if (result instanceof PreparedQuery<?>) return proxy(result, new Class<?>[] {PreparedQuery.class});
        if (result instanceof Transaction) return proxy(result, new Class<?>[] {Transaction.class});
        if (result instanceof Query<?>) return proxy(result, new Class<?>[] {Query.class});
        return result;
    }

    private static Future<Object> fail(Throwable failure) {
        return Future.failedFuture(failure instanceof PgException e ? new StatementFailed(e) : failure);
    }

    private static Object proxy(Object target, Class<?>[] type) {
        InvocationHandler handler = (self, method, arguments) -> outspoken(invoke(target, method, arguments));
        return Proxy.newProxyInstance(OutspokenPool.class.getClassLoader(), type, handler);
    }

    private record Connection(PgConnection connection, WriteUnit unit) implements InvocationHandler {
        @Override
        public Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
            return unit != null && method.getName().equals("close") && method.getParameterCount() == 0
                    ? unit.giveBack().compose(x -> connection.close())
                    : outspoken(OutspokenPool.invoke(connection, method, arguments));
        }
    }

    /** The driver's own connection behind one of this pool: its errors are whole, and it costs less. */
    static PgConnection plain(SqlConnection connection) {
        return ((Connection) Proxy.getInvocationHandler(connection)).connection;
    }

    private static Object connection(PgConnection connection) {
        var unit = WriteUnit.current();
        if (unit != null) unit.took(connection);
        var handler = new Connection(connection, unit);
        return Proxy.newProxyInstance(
                OutspokenPool.class.getClassLoader(), new Class<?>[] {PgConnection.class}, handler);
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
