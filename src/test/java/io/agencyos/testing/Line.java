package io.agencyos.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A line to a server of this machine, which can be cut and mended: whoever calls meanwhile is hung up on. */
public final class Line implements AutoCloseable {

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    private Line(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    /** A line to this port. */
    public static Line to(int target) {
        try {
            var line = new Line(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), target);
            run(line::listen);
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Runnable work) {
        var thread = new Thread(work, "line");
        thread.setDaemon(true);
        thread.start();
    }

    /** The port at this end. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Hangs up on all, and on whoever calls from now on. */
    public void cut() {
        cut = true;
        open.forEach(Line::hangUp);
    }

    /** Lets calls through again. */
    public void mend() {
        cut = false;
    }

    private void listen() {
        while (!listener.isClosed())
            try {
                connect(listener.accept());
            } catch (IOException e) {
                // closed, or the caller has gone already
            }
    }

    private void connect(Socket caller) throws IOException {
        open.add(caller);
        if (cut) {
            hangUp(caller);
            return;
        }
        var server = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(server);
        run(() -> pass(caller, server));
        run(() -> pass(server, caller));
    }

    private void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // whoever hung up: the other one is hung up on as well
        }
        hangUp(from);
        hangUp(to);
    }

    private static void hangUp(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cut();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
