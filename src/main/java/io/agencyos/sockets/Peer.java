package io.agencyos.sockets;

import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.netty.util.ReferenceCountUtil;
import io.quarkus.websockets.next.UserData;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * The other end of a connection. Who does not read is not read from: replies to a client that only writes would pile up
 * here otherwise. What is no websocket frame is answered with the close code that RFC 6455 has for it, which Vert.x
 * leaves out.
 */
public final class Peer extends ChannelInboundHandlerAdapter {

    /** Where the peer of a websocket is found. */
    public static final UserData.TypedKey<Peer> KEY = new UserData.TypedKey<>("peer");

    /** How long one who is told to go may take. */
    private static final int PATIENCE_S = 10;

    /** What Vert.x, and others, take in one frame unless told otherwise. */
    private static final int MOST_IN_FRAME = 64 << 10;

    /** RFC 6455, section 5.2: of a frame that is none of a client's. */
    private static final int MOST_OF_HEADER = 10;

    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int LAST = 0x80;

    /** What stands for a length of two bytes, and for one of eight. */
    private static final int SHORT = 126;

    private static final int LONG = 127;

    private final Channel channel;
    private volatile long heard = System.nanoTime();
    private volatile long asked = heard;
    private volatile boolean paused;
    private volatile long unread;
    private volatile boolean hushed;
    private boolean refused;
    private ChannelHandlerContext wire;

    private Peer(Channel channel) {
        this.channel = channel;
    }

    /** The one at the other end of {@code connection}. */
    public static Peer of(HttpConnection connection) {
        return new Peer(((ConnectionBase) connection).channel());
    }

    /** The same, watched frame by frame from now on; a connection has one of these. */
    static Peer watched(HttpConnection connection) {
        var peer = of(connection);
        var pipeline = peer.channel.pipeline();
        if (pipeline.get(Peer.class) != null) return pipeline.get(Peer.class);
        pipeline.addBefore("handler", "utf8", new Utf8FrameValidator(false));
        pipeline.addBefore("handler", "peer", peer);
        return peer;
    }

    /** Notes a sign of life. */
    public void heard() {
        heard = System.nanoTime();
    }

    /** Whether there was none for so long. One who has read something since the last call gave one. */
    boolean isSilentFor(long nanoseconds) {
        var left = left();
        if (left < unread) heard();
        unread = left;
        return System.nanoTime() - heard > nanoseconds;
    }

    /** Whether it was silent for so long, and was not asked for a sign of life meanwhile; it is to be asked then. */
    boolean isDueFor(long nanoseconds) {
        var now = System.nanoTime();
        if (now - heard < nanoseconds || now - asked < nanoseconds) return false;
        asked = now;
        return true;
    }

    private long left() {
        var out = channel.unsafe().outboundBuffer();
        return out == null ? 0 : out.totalPendingWriteBytes() - out.currentProgress();
    }

    /** Bytes that were written and that the other end has made no room for yet. */
    public long unsent() {
        var out = channel.unsafe().outboundBuffer();
        return out == null ? 0 : out.totalPendingWriteBytes();
    }

    /**
     * Sends a text message to the other end of a websocket (RFC 6455, section 5.6), after those sent before.
     *
     * @param text UTF-8, given away
     * @param taken run on the connection's loop when the other end has made room for it
     * @param lost run when it never will
     */
    public void send(ByteBuf text, Runnable taken, Runnable lost) {
        var loop = channel.eventLoop();
        if (loop.inEventLoop()) write(text, taken, lost);
        else loop.execute(() -> write(text, taken, lost));
    }

    /** No message is sent any more: one may be on its way to the loop, where it must not come behind the close frame. */
    public void hush() {
        hushed = true;
    }

    private void write(ByteBuf text, Runnable taken, Runnable lost) {
        if (hushed) {
            text.release();
            lost.run();
            return;
        }
        var sent = writeInFrames(text);
        if (!sent.isDone()) sent.addListener(x -> settle(sent, taken, lost));
        else settle(sent, taken, lost);
    }

    /** Straight to the wire: each message to each who hears it passes here, and the way through all handlers is long. */
    private ChannelFuture writeInFrames(ByteBuf text) {
        if (wire == null) wire = channel.pipeline().context(WebSocketFrameEncoder.class);
        var kind = TEXT;
        for (; text.readableBytes() > MOST_IN_FRAME; kind = CONTINUATION) wire.write(frame(kind, text, MOST_IN_FRAME));
        var sent = wire.writeAndFlush(frame(LAST | kind, text, text.readableBytes()));
        text.release();
        return sent;
    }

    private ByteBuf frame(int kind, ByteBuf text, int length) {
        var frame = channel.alloc().ioBuffer(MOST_OF_HEADER + length).writeByte(kind);
        if (length < SHORT) frame.writeByte(length);
        else if (length <= 0xFFFF) frame.writeByte(SHORT).writeShort(length);
        else frame.writeByte(LONG).writeLong(length);
        return frame.writeBytes(text, length);
    }

    private static void settle(ChannelFuture sent, Runnable taken, Runnable lost) {
        if (sent.isSuccess()) taken.run();
        else lost.run();
    }

    /** Reads no more until {@link #resume}. */
    public void pause() {
        paused = true;
        read();
    }

    /** Reads on. */
    public void resume() {
        paused = false;
        read();
    }

    /** On the loop, or what is found here could be out of date when it is set. */
    private void read() {
        var loop = channel.eventLoop();
        if (loop.inEventLoop()) channel.config().setAutoRead(channel.isWritable() && !paused);
        else loop.execute(this::read);
    }

    /** Closes the connection, with all that is still unsent. */
    public void cut() {
        channel.close();
    }

    /** The same after a while, for one who was told to go and may not even read that. */
    public void cutLater() {
        channel.eventLoop().schedule(this::cut, PATIENCE_S, TimeUnit.SECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        heard();
        if (message instanceof CloseWebSocketFrame) hush();
        if (refused) ReferenceCountUtil.release(message);
        else context.fireChannelRead(message);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        read();
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        if (failure instanceof CorruptedWebSocketFrameException corrupted) refuse(corrupted.closeStatus());
        else context.fireExceptionCaught(failure);
    }

    /** The rest of what is on its way is read and thrown away: a reset could overtake the close frame. */
    private void refuse(WebSocketCloseStatus status) {
        if (refused) return;
        refused = true;
        hush();
        cutLater();
        var told = channel.writeAndFlush(new CloseWebSocketFrame(status));
        told.addListener(x -> ((DuplexChannel) channel).shutdownOutput());
    }
}
