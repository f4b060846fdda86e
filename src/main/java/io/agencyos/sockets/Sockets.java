package io.agencyos.sockets;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;

/** All that is open at this replica. */
@ApplicationScoped
public class Sockets {

    /** RFC 6455: the endpoint goes away. Clients take it for a reason to connect again. */
    private static final int GONE = 1001;

    /** How often within the time that a peer may be silent it is looked at. */
    private static final int LOOKS = 4;

    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Map<UUID, Integer> persons = new ConcurrentHashMap<>();
    private final Vertx vertx;
    private final SocketsConfig config;
    private volatile boolean draining;
    private long looked = System.nanoTime();

    Sockets(Vertx vertx, SocketsConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    /** One timer for all: one each would cost as much memory as what is known of an idle socket. */
    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(Math.max(1, config.keepalive().toMillis() / LOOKS), x -> look());
    }

    /** A process that stood still itself, with its machine or for want of processor, heard nobody meanwhile. */
    private void look() {
        var silence = config.keepalive().toNanos();
        var stoodStill = System.nanoTime() - looked > silence / 2;
        looked = System.nanoTime();
        if (stoodStill) open.forEach(socket -> socket.peer().heard());
        else open.forEach(socket -> look(socket, silence));
    }

    private static void look(Socket socket, long silence) {
        if (socket.peer().isSilentFor(2 * silence)) socket.end(GONE, "Nothing was heard from you");
        else if (socket.peer().isDueFor(silence)) socket.ping();
    }

    /** Watches over a socket until it is removed. */
    public void add(Socket socket) {
        open.add(socket);
    }

    /** The socket is gone, or was told to go. */
    public void remove(Socket socket) {
        open.remove(socket);
    }

    /** Those of which this is true now. */
    public List<Socket> which(Predicate<Socket> condition) {
        return open.stream().filter(condition).toList();
    }

    /** Bytes that wait to be read on all that this person has open, or, for null, all who are not signed in. */
    public long unsent(UUID person) {
        return open.stream()
                .filter(socket -> Objects.equals(socket.person(), person))
                .mapToLong(socket -> socket.peer().unsent())
                .sum();
    }

    /** How many there are. */
    int count() {
        return open.size();
    }

    /** How many people have one. */
    int persons() {
        return persons.size();
    }

    /** Counts a person's socket; false when they have as many as they may, and this one has to go. */
    public boolean admit(UUID person) {
        return persons.merge(person, 1, Integer::sum) <= config.perPerson();
    }

    /** The end of what {@link #admit} has counted, whatever it said. */
    public void release(UUID person) {
        persons.computeIfPresent(person, (x, count) -> count == 1 ? null : count - 1);
    }

    /** Whether the replica stops, and takes no new ones. */
    public boolean isDraining() {
        return draining;
    }

    Set<Socket> drain() {
        draining = true;
        return open;
    }
}
