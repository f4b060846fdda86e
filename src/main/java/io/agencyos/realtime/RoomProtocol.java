package io.agencyos.realtime;

import io.agencyos.db.DatabaseAway;
import io.agencyos.db.ErrorCode;
import io.agencyos.db.Refusal;
import io.agencyos.security.SignIn;
import io.agencyos.security.Unauthenticated;
import io.netty.buffer.ByteBufUtil;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import org.jboss.logging.Logger;

/** What the messages of a client do. */
final class RoomProtocol {

    private static final Logger LOG = Logger.getLogger(RoomProtocol.class);
    /** In bytes of UTF-8, as all of these; what goes to other replicas has to stay within {@link Relay#LONGEST}. */
    private static final int LONGEST_MESSAGE = 6_144;

    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_DATA = 4_096;

    private final Rooms rooms;
    private final RoomLoop loop;
    private final RoomsConfig.Rooms limits;
    private final RoomRights rights;
    private final SignIn signIn;
    private final RoomMeters meters;

    RoomProtocol(Rooms rooms, RoomLoop loop, RoomsConfig config, RoomRights rights, SignIn signIn, RoomMeters meters) {
        this.rooms = rooms;
        this.loop = loop;
        this.limits = config.rooms();
        this.rights = rights;
        this.signIn = signIn;
        this.meters = meters;
    }

    void received(RoomSession session, String text) {
        meters.received();
        if (ByteBufUtil.utf8Bytes(text) > LONGEST_MESSAGE) session.close(1009, "Message too long");
        else if (session.isSignedIn() && !session.owner().maySend()) tooMany(session);
        else read(session, text);
    }

    private void tooMany(RoomSession session) {
        meters.refused();
        if (!session.owner().isBorneWith()) session.close(4429, "Too many messages");
        else if (session.owner().isToBeTold()) {
            var text = "No more than " + limits.rate() + " messages a second; what goes beyond is dropped";
            session.send(RoomMessages.error(new Refusal(ErrorCode.RATE_LIMITED, text), new JsonObject(), null));
        }
    }

    private void read(RoomSession session, String text) {
        try {
            var message = new JsonObject(text);
            if (message.getValue("type") instanceof String type) handle(session, message, type);
            else session.close(4400, "Invalid message");
        } catch (DecodeException e) {
            session.close(4400, "Invalid message");
        }
    }

    private void handle(RoomSession session, JsonObject message, String type) {
        var ref = ref(message);
        if (!session.isSignedIn() && !type.equals("sign_in")) {
            session.close(4401, "Sign in first");
            return;
        }
        try {
            switch (type) {
                case "sign_in" -> signIn(session, message.getValue("token"), ref);
                case "ping" -> session.send(RoomMessages.pong(ref));
                case "join" -> join(session, RoomName.of(message.getValue("room")), message, ref);
                case "leave" -> leave(session, RoomName.of(message.getValue("room")), ref);
                case "state" -> state(session, message);
                case "broadcast" -> broadcast(session, message);
                default -> session.close(4400, "Unknown message type");
            }
        } catch (Refusal refusal) {
            session.send(RoomMessages.error(refusal, message, ref));
        }
    }

    /** What the client calls its message, if that is something short. */
    private static Object ref(JsonObject message) {
        var ref = message.getValue("ref");
        return ref instanceof Number || ref instanceof String text && text.length() <= LONGEST_NAME ? ref : null;
    }

    private void signIn(RoomSession session, Object token, Object ref) {
        if (!session.beginSignIn()) session.close(4429, "Too many sign-ins");
        else if (!(token instanceof String text)) session.close(4403, "Forbidden");
        else
            loop.ask(
                    () -> signIn.withHeader("Bearer " + text),
                    found -> signedIn(session, found, ref),
                    failure -> notSignedIn(session, failure));
    }

    private void signedIn(RoomSession session, SignIn.Session found, Object ref) {
        if (session.isOver()) return;
        if (!session.accepts(found)) {
            session.close(4403, "Somebody else's token");
            return;
        }
        var person = rooms.person(found.actor().id());
        if (!session.isSignedIn() && person.connections() >= limits.connections()) {
            session.close(4429, "Too many connections");
            return;
        }
        person.came(session);
        session.signedIn(found, person);
        session.send(RoomMessages.signedIn(session, ref));
    }

    private static void notSignedIn(RoomSession session, Throwable failure) {
        if (failure instanceof Unauthenticated) session.close(4403, "Forbidden");
        else {
            DatabaseAway.log(LOG, "A sign-in failed", failure);
            session.close(1013, "Try again later");
        }
    }

    private void join(RoomSession session, RoomName name, JsonObject message, Object ref) {
        if (session.room(name) != null) {
            session.send(RoomMessages.joined(session.room(name), ref));
            return;
        }
        if (session.size() >= limits.perConnection())
            throw new Refusal(
                    ErrorCode.LIMIT_EXCEEDED, "A connection may be in " + limits.perConnection() + " rooms at a time");
        if (!session.beginJoin(name)) throw new Refusal(ErrorCode.CONFLICT, "This room is being joined already");
        loop.ask(
                () -> rights.profileFor(session.actor(), name),
                profile -> admitted(session, name, profile, message, ref),
                failure -> refused(session, name, failure, message, ref));
    }

    private void admitted(RoomSession session, RoomName name, String profile, JsonObject message, Object ref) {
        if (!session.endJoin(name)) return;
        var room = profile == null ? null : rooms.enter(session, name, profile);
        if (room != null) session.send(RoomMessages.joined(room, ref));
        else session.send(RoomMessages.error(profile == null ? Refusal.notFound("room") : full(), message, ref));
    }

    private Refusal full() {
        return new Refusal(ErrorCode.LIMIT_EXCEEDED, "A room has place for " + limits.members() + " connections");
    }

    private void refused(RoomSession session, RoomName name, Throwable failure, JsonObject message, Object ref) {
        if (!session.endJoin(name)) return;
        if (!(failure instanceof Refusal)) DatabaseAway.log(LOG, "A room could not be joined", failure);
        session.send(RoomMessages.error(failure, message, ref));
    }

    private static void leave(RoomSession session, RoomName name, Object ref) {
        if (!session.leave(name)) throw notIn();
        session.send(RoomMessages.left(name, ref));
    }

    private static Refusal notIn() {
        return new Refusal(ErrorCode.NOT_FOUND, "Join the room first");
    }

    private static Room roomOf(RoomSession session, JsonObject message) {
        var room = session.room(RoomName.of(message.getValue("room")));
        if (room == null) throw notIn();
        return room;
    }

    private static void state(RoomSession session, JsonObject message) {
        var room = roomOf(session, message);
        room.show(session.connection(), MemberState.of(message.getValue("state")));
    }

    private static void broadcast(RoomSession session, JsonObject message) {
        var room = roomOf(session, message);
        if (!(message.getValue("name") instanceof String name) || name.isEmpty() || name.length() > LONGEST_NAME)
            throw Refusal.invalid("name", "name must have 1 to " + LONGEST_NAME + " characters");
        var data = message.getValue("data");
        if (ByteBufUtil.utf8Bytes(Json.encode(data)) > LONGEST_DATA)
            throw new Refusal(ErrorCode.LIMIT_EXCEEDED, "data may have " + LONGEST_DATA + " bytes at most")
                    .with("field", "data");
        room.say(room.member(session.connection()), name, data);
    }
}
