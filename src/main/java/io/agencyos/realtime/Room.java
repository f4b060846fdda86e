package io.agencyos.realtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Who is in a room, here and at other replicas, and what they show. The members here are told of changes at most 20
 * times a second.
 */
final class Room {

    private static final long PAUSE_MS = 50;

    private final RoomName name;
    private final RoomLoop loop;
    private final Neighbours neighbours;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final RoomChanges changes = new RoomChanges();
    private boolean telling;
    private long told = RoomLoop.now() - PAUSE_MS;

    Room(RoomName name, RoomLoop loop, Neighbours neighbours) {
        this.name = name;
        this.loop = loop;
        this.neighbours = neighbours;
    }

    RoomName name() {
        return name;
    }

    /** Takes somebody in, or anew. */
    void enter(Member member) {
        members.put(member.connection(), member);
        changes.came(member);
        soon();
    }

    /** The member of this connection, or null. */
    Member member(String connection) {
        return members.get(connection);
    }

    /** Shows a state, and answers whether somebody is there to show it. */
    boolean show(String connection, String state) {
        var member = members.get(connection);
        if (member == null) return false;
        member.show(state);
        changes.changed(member);
        soon();
        return true;
    }

    /** Lets somebody go. */
    void leave(Member member) {
        if (!members.remove(member.connection(), member)) return;
        changes.gone(member);
        if (member.isHere()) neighbours.gone(this, member);
        soon();
    }

    /** Lets all go who are like this. */
    void leave(Predicate<Member> which) {
        members.values().stream().filter(which).toList().forEach(this::leave);
    }

    /** Tells something to all but the sender, at once; and before it who the sender is. */
    void say(Member sender, String name, Object data) {
        if (changes.hasArrived(sender)) tell();
        var text = RoomMessages.broadcast(this.name, sender.connection(), name, data);
        for (var other : here()) if (other != sender) other.session().send(text);
        if (sender.isHere() && isElsewhere()) neighbours.say(this, sender, name, data);
    }

    int size() {
        return members.size();
    }

    Collection<Member> all() {
        return members.values();
    }

    List<Member> here() {
        var here = new ArrayList<Member>(members.size());
        for (var member : members.values()) if (member.isHere()) here.add(member);
        return here;
    }

    boolean isDeserted() {
        return members.values().stream().noneMatch(Member::isHere);
    }

    /** Whether another replica has members of it, and so has to hear of it. */
    boolean isElsewhere() {
        return !members.values().stream().allMatch(Member::isHere);
    }

    /** All members as a JSON array. */
    String entries() {
        return members.values().stream().map(Member::entry).collect(Collectors.joining(",", "[", "]"));
    }

    private void soon() {
        if (telling) return;
        telling = true;
        loop.after(Duration.ofMillis(PAUSE_MS - (RoomLoop.now() - told)), this::tell);
    }

    private void tell() {
        telling = false;
        if (changes.isEmpty()) return;
        told = RoomLoop.now();
        var forMost = changes.message(name, null);
        for (var member : here()) {
            var text = changes.names(member) ? changes.message(name, member) : forMost;
            if (text != null) member.session().presence(this, text);
        }
        changes.arrivals().stream().filter(Member::isHere).forEach(member -> neighbours.here(this, member));
        if (isElsewhere())
            changes.changes().stream().filter(Member::isHere).forEach(member -> neighbours.shows(this, member));
        changes.clear();
    }
}
