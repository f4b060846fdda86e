package io.agencyos.realtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.vertx.core.json.JsonObject;
import org.jboss.logging.Logger;

/**
 * The rooms of other replicas. Each replica tells the others who is in a room with it, what they show, who leaves, and
 * what is said, and from time to time that it is there at all. It counts what it tells: who finds a gap asks for the
 * whole again, so that what a relay lost is made good.
 */
final class Neighbours {

    private static final Logger LOG = Logger.getLogger(Neighbours.class);
    private static final String CHANNEL = "rooms";

    private final String me = UUID.randomUUID().toString();
    private final Relay relay;
    private final RoomLoop loop;
    private final Map<RoomName, Room> rooms;
    private final Map<String, Neighbour> known = new HashMap<>();
    private long told;

    Neighbours(Relay relay, RoomLoop loop, Map<RoomName, Room> rooms) {
        this.relay = relay;
        this.loop = loop;
        this.rooms = rooms;
    }

    /**
     * Another replica.
     *
     * @param number the number of the last that came from it
     * @param heard when that was
     */
    private record Neighbour(long number, long heard) {}

    void listen() {
        relay.listen(CHANNEL, text -> loop.run(() -> hear(text)));
    }

    private void hear(String text) {
        try {
            hear(new JsonObject(text));
        } catch (RuntimeException e) {
            LOG.warn("What another replica tells of rooms is not understood here", e);
        }
    }

    /** Asks who else is in a room that has just been opened here. */
    void ask(Room room) {
        tell("ask", room, new JsonObject());
    }

    void here(Room room, Member member) {
        tell("here", room, new JsonObject(member.entry()));
    }

    void shows(Room room, Member member) {
        tell("shows", room, new JsonObject(member.change()));
    }

    void gone(Room room, Member member) {
        tell("gone", room, new JsonObject().put("connection", member.connection()));
    }

    void say(Room room, Member sender, String name, Object data) {
        var said = new JsonObject().put("connection", sender.connection()).put("name", name);
        tell("say", room, said.put("data", data));
    }

    private void tell(String what, Room room, JsonObject more) {
        tell(what, more.put("room", room.name().json()));
    }

    private void tell(String what, JsonObject more) {
        relay.send(
                CHANNEL,
                more.put("replica", me).put("number", ++told).put("tells", what).encode());
    }

    /** Says that this replica is there, and forgets those who have not said so. */
    void look(long silenceMs) {
        if (!rooms.isEmpty()) tell("alive", new JsonObject());
        var now = RoomLoop.now();
        for (var one : List.copyOf(known.entrySet())) if (now - one.getValue().heard > silenceMs) forget(one.getKey());
    }

    private void forget(String replica) {
        known.remove(replica);
        rooms.values().forEach(room -> room.leave(member -> member.isOf(replica)));
    }

    private void hear(JsonObject message) {
        var replica = message.getString("replica");
        var number = message.getLong("number");
        var before = known.put(replica, new Neighbour(number, RoomLoop.now()));
        if (number != (before == null ? 1 : before.number + 1)) askForAll(replica);
        if (!message.containsKey("room")) return;
        var room = rooms.get(RoomName.of(message.getValue("room")));
        if (room != null) hear(room, replica, message);
    }

    private void askForAll(String replica) {
        LOG.debugf("Something of replica %s was not heard", replica);
        rooms.values().forEach(room -> tell("ask", room, new JsonObject().put("of", replica)));
    }

    private void hear(Room room, String replica, JsonObject message) {
        var connection = message.getString("connection");
        switch (message.getString("tells")) {
            case "ask" -> answer(room, message.getString("of"));
            case "begin" ->
                room.all().stream().filter(member -> member.isOf(replica)).forEach(Member::doubt);
            case "here" -> comeOrStay(room, Member.elsewhere(replica, message));
            case "end" -> room.leave(member -> member.isOf(replica) && !member.confirmed());
            case "shows" -> room.show(connection, message.getJsonObject("state").encode());
            case "gone" -> leave(room, connection);
            case "say" -> say(room, connection, message);
            default -> LOG.debugf("Replica %s says what is not understood here", replica);
        }
    }

    private void answer(Room room, String of) {
        if (of != null && !of.equals(me)) return;
        tell("begin", room, new JsonObject());
        room.here().forEach(member -> here(room, member));
        tell("end", room, new JsonObject());
    }

    private void comeOrStay(Room room, Member member) {
        var wasElsewhere = room.isElsewhere();
        var known = room.member(member.connection());
        if (known == null || !known.entry().equals(member.entry())) room.enter(member);
        else known.confirm();
        // what was shown here while nobody was there to see it
        if (!wasElsewhere) answer(room, me);
    }

    private static void leave(Room room, String connection) {
        var member = room.member(connection);
        if (member != null) room.leave(member);
    }

    private static void say(Room room, String connection, JsonObject message) {
        var sender = room.member(connection);
        if (sender != null) room.say(sender, message.getString("name"), message.getValue("data"));
    }
}
