package io.agencyos.db;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import io.vertx.sqlclient.impl.command.CommandBase;
import io.vertx.sqlclient.impl.command.CommandResponse;

/**
 * Closes a connection on which no answer comes. Its server may have vanished without a word, at a failover, say, and what
 * waits would wait for as long as TCP does. PostgreSQL itself ends a statement in time, so that who says nothing for longer
 * is not there. Between the driver's codec and the driver, it sees each command and each answer.
 */
final class Patience extends ChannelDuplexHandler {

    private static final String NAME = "patience";
    private static final long LOOK_MS = 1_000;

    private final long usualMs;
    private volatile long limitMs;
    private int unanswered;
    private long since;
    private ScheduledFuture<?> look;

    private Patience(long usualMs) {
        this.usualMs = usualMs;
        this.limitMs = usualMs;
    }

    /** Has {@code connection} closed when for {@code limitMs} no answer comes to what is asked. */
    static void on(SocketConnectionBase connection, long limitMs) {
        connection.socket().channelHandlerContext().pipeline().addBefore("handler", NAME, new Patience(limitMs));
    }

    /** Lets what is asked next on {@code connection}, of a pool, take as long as this, until all of it is answered. */
    static void extend(SqlConnection connection, long limitMs) {
        var patience =
                socket(connection).socket().channelHandlerContext().pipeline().get(Patience.class);
        if (patience != null) patience.limitMs = limitMs;
    }

    /** What a connection of a pool is sent through. */
    static SocketConnectionBase socket(SqlConnection connection) {
        return (SocketConnectionBase)
                ((SqlConnectionInternal) connection).unwrap().unwrap();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        look = context.executor().scheduleWithFixedDelay(() -> look(context), LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        look.cancel(false);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof CommandBase<?> && unanswered++ == 0) since = System.nanoTime();
        context.write(message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof CommandResponse<?>) {
            since = System.nanoTime();
            if (--unanswered == 0) limitMs = usualMs;
        }
        context.fireChannelRead(message);
    }

    /** The driver's own close is a word to the server, whose answer it waits for; hence that of the channel. */
    private void look(ChannelHandlerContext context) {
        if (unanswered > 0 && System.nanoTime() - since > TimeUnit.MILLISECONDS.toNanos(limitMs))
            context.pipeline().firstContext().close();
    }
}
