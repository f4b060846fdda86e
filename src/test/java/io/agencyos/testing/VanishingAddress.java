package io.agencyos.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A way to a server that can be lost: without a word, as at a failover, where what is sent arrives nowhere and nobody hangs
 * up, or with one, as when the server stops.
 */
public final class VanishingAddress implements AutoCloseable {

    private final URI target;
    private final ServerSocket server;
    private final Set<Way> open = ConcurrentHashMap.newKeySet();
    private volatile boolean away;
    private volatile boolean refusing;

    private VanishingAddress(URI target, ServerSocket server) {
        this.target = target;
        this.server = server;
    }

    /** An address on this machine that leads to the host and port of {@code target}. */
    public static VanishingAddress to(String target) {
        try {
            var address = new VanishingAddress(
                    URI.create(target), new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
            new Thread(address::accept).start();
            return address;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The target as it is reached this way. */
    public String url() {
        return target.toString().replace(target.getAuthority(), "localhost:" + server.getLocalPort());
    }

    /** From now on nothing arrives, on connections that are open and on new ones. */
    public void vanish() {
        away = true;
        open.forEach(way -> way.lost = true);
    }

    /** From now on everybody is hung up on, whoever is connected and whoever comes. */
    public void hangUp() {
        refusing = true;
        open.forEach(Way::close);
    }

    /** New connections arrive again; those of before stay lost. */
    public void comeBack() {
        away = false;
        refusing = false;
    }

    private void accept() {
        try {
            while (true) come(server.accept());
        } catch (IOException closed) {
            // the end
        }
    }

    private void come(Socket near) throws IOException {
        if (refusing) near.close();
        else open(near);
    }

    private void open(Socket near) throws IOException {
        var far = new Socket();
        var way = new Way(near, far);
        way.lost = away;
        open.add(way);
        far.connect(new InetSocketAddress(target.getHost(), target.getPort()));
        new Thread(() -> way.carry(near, far)).start();
        new Thread(() -> way.carry(far, near)).start();
    }

    @Override
    public void close() {
        try {
            server.close();
            open.forEach(Way::close);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Way {

        private final Socket near;
        private final Socket far;
        private volatile boolean lost;

        Way(Socket near, Socket far) {
            this.near = near;
            this.far = far;
        }

        /** Whoever hangs up is heard as long as something arrives. */
        void carry(Socket from, Socket to) {
            try {
                var some = new byte[8_192];
                for (var length = from.getInputStream().read(some); length >= 0; ) {
                    if (!lost) to.getOutputStream().write(some, 0, length);
                    length = from.getInputStream().read(some);
                }
            } catch (IOException cut) {
                // an end as well
            }
            if (!lost) close();
        }

        void close() {
            try {
                near.close();
                far.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
