package io.agencyos.realtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

import io.quarkus.websockets.next.WebSocketConnection;

/**
 * What is on its way to a client, one message at a time. To one who is slow it tells not each change of who is in a
 * room, but all of it once there is room again.
 */
final class Outbox {

    /** So many changes may wait before the whole takes their place. */
    private static final int FEW = 8;

    private final WebSocketConnection socket;
    private final RoomLoop loop;
    private final RoomMeters meters;
    private final int most;
    private final Deque<String> waiting = new ArrayDeque<>();
    private final Set<Room> behind = new LinkedHashSet<>();
    private boolean busy;
    private long since;

    Outbox(WebSocketConnection socket, RoomLoop loop, RoomMeters meters, int most) {
        this.socket = socket;
        this.loop = loop;
        this.meters = meters;
        this.most = most;
    }

    /** Sends a message after all others; false when too many wait already. */
    boolean send(String text) {
        if (waiting.size() >= most) return false;
        waiting.add(text);
        if (!busy) next();
        return true;
    }

    /** Sends changes of a room, or the whole of it later. */
    void presence(Room room, String text) {
        if (!behind.contains(room) && waiting.size() < FEW) {
            send(text);
            return;
        }
        behind.add(room);
        meters.coalesced();
    }

    /** The whole of {@code room} is under way or of no interest any more. */
    void forget(Room room) {
        behind.remove(room);
    }

    /** Whether the client has taken nothing for so many milliseconds, though there was something. */
    boolean isStuckFor(long ms) {
        return busy && RoomLoop.now() - since > ms;
    }

    private void next() {
        var text = waiting.isEmpty() ? whole() : waiting.remove();
        busy = text != null;
        if (!busy) return;
        since = RoomLoop.now();
        meters.sent();
        socket.sendText(text).subscribe().with(x -> loop.run(this::next), failure -> loop.run(this::stop));
    }

    private String whole() {
        Iterator<Room> rooms = behind.iterator();
        if (!rooms.hasNext()) return null;
        var room = rooms.next();
        rooms.remove();
        return RoomMessages.members(room);
    }

    /** Nobody is there to take it any more. */
    private void stop() {
        waiting.clear();
        behind.clear();
        busy = false;
    }
}
