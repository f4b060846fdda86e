package io.agencyos.realtime;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.agencyos.security.SignIn;
import io.agencyos.sockets.Sockets;
import io.quarkus.websockets.next.WebSocketConnection;
import org.jboss.logging.Logger;

/**
 * The rooms of this replica and the websockets in them. A room is there as long as somebody here is in it. All is done
 * on one loop, so nothing here needs a lock.
 */
@ApplicationScoped
class Rooms {

    private static final Logger LOG = Logger.getLogger(Rooms.class);
    /** So often within the time that counts as silence is looked for signs of life. */
    private static final int LOOKS = 5;

    private final RoomLoop loop;
    private final Sockets sockets;
    private final RoomsConfig config;
    private final RoomRights rights;
    private final RoomMeters meters;
    private final RoomProtocol protocol;
    private final Neighbours neighbours;
    private final SecureRandom random = new SecureRandom();
    private final Map<RoomName, Room> rooms = new HashMap<>();
    private final Map<UUID, Person> people = new HashMap<>();
    private final Set<RoomSession> sessions = new HashSet<>();
    private boolean awake;
    private boolean rechecking;
    private volatile int count;
    private volatile int members;

    Rooms(
            RoomLoop loop,
            RoomsConfig config,
            RoomRights rights,
            SignIn signIn,
            Sockets sockets,
            Relay relay,
            RoomMeters meters) {
        this.loop = loop;
        this.sockets = sockets;
        this.config = config;
        this.rights = rights;
        this.meters = meters;
        this.protocol = new RoomProtocol(this, loop, config, rights, signIn, meters);
        this.neighbours = new Neighbours(relay, loop, rooms);
        meters.watch(this);
    }

    /** A websocket that has just been opened; closed again unless somebody signs in on it in time. */
    RoomSession open(WebSocketConnection socket) {
        var outbox = new Outbox(socket, loop, meters, config.rooms().queue());
        var id = Long.toString(random.nextLong() >>> 1, Character.MAX_RADIX);
        var session = new RoomSession(socket, id, loop, meters, outbox, this);
        loop.run(() -> {
            wakeUp();
            sessions.add(session);
            sockets.add(session);
            session.closeAfter(config.signIn(), 4408, "Sign-in timeout");
        });
        return session;
    }

    void onRightsChanged(@Observes RightsChanged changed) {
        loop.run(this::recheck);
    }

    /** Nothing is done before the first one comes. */
    private void wakeUp() {
        if (awake) return;
        awake = true;
        neighbours.listen();
        loop.every(config.rooms().silence().dividedBy(LOOKS), this::look);
        loop.every(config.rooms().recheck(), this::recheck);
    }

    /** A message came. */
    void received(RoomSession session, String text) {
        loop.run(() -> {
            session.heard();
            if (!session.isOver()) protocol.received(session, text);
        });
    }

    /** A sign of life came. */
    void lives(RoomSession session) {
        loop.run(session::heard);
    }

    /** The socket is gone. */
    void closed(RoomSession session) {
        loop.run(session::end);
    }

    /** The one with this id, whose connections share an allowance. */
    Person person(UUID id) {
        return people.computeIfAbsent(id, x -> new Person(config.rooms().rate(), () -> people.remove(id)));
    }

    /** Takes a connection into a room; null when that is full. */
    Room enter(RoomSession session, RoomName name, String profile) {
        var room = rooms.get(name);
        if (room == null) rooms.put(name, room = opened(name));
        if (room.size() >= config.rooms().members()) return null;
        session.entered(room);
        room.enter(Member.here(session, profile));
        members++;
        count = rooms.size();
        return room;
    }

    private Room opened(RoomName name) {
        var room = new Room(name, loop, neighbours);
        neighbours.ask(room);
        return room;
    }

    /** Somebody here has left the room; it ends with the last of them. */
    void left(Room room) {
        members--;
        if (room.isDeserted()) rooms.remove(room.name(), room);
        count = rooms.size();
    }

    /** The session is over. */
    void ended(RoomSession session) {
        sessions.remove(session);
        sockets.remove(session);
    }

    private void look() {
        var silence = config.rooms().silence().toMillis();
        List.copyOf(sessions).forEach(session -> session.check(silence));
        neighbours.look(silence);
    }

    private void recheck() {
        var stays = new ArrayList<>(new HashSet<>(stays()));
        if (stays.isEmpty() || rechecking) return;
        rechecking = true;
        loop.ask(() -> rights.lost(stays), this::rechecked, this::notRechecked);
    }

    private void rechecked(List<RoomRights.Stay> lost) {
        rechecking = false;
        lost.forEach(this::putOut);
    }

    private void notRechecked(Throwable failure) {
        rechecking = false;
        LOG.warnf("Nobody knows who may be in a room: %s", failure.getMessage());
    }

    private List<RoomRights.Stay> stays() {
        return sessions.stream()
                .flatMap(session ->
                        session.rooms().stream().map(room -> new RoomRights.Stay(session.actor(), room.name())))
                .toList();
    }

    private void putOut(RoomRights.Stay stay) {
        for (var session : List.copyOf(sessions)) {
            var isTheirs = session.isSignedIn() && session.actor().equals(stay.actor());
            if (isTheirs && session.leave(stay.room())) session.send(RoomMessages.putOut(stay.room(), "NO_ACCESS"));
        }
    }

    int count() {
        return count;
    }

    int members() {
        return members;
    }
}
