package io.agencyos.realtime;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What happened in a room since its members were last told; of each member only the outcome. */
final class RoomChanges {

    private final Map<String, Member> came = new LinkedHashMap<>();
    private final Map<String, Member> changed = new LinkedHashMap<>();
    private final Set<String> gone = new LinkedHashSet<>();

    void came(Member member) {
        came.put(member.connection(), member);
        changed.remove(member.connection());
    }

    void changed(Member member) {
        if (!came.containsKey(member.connection())) changed.put(member.connection(), member);
    }

    void gone(Member member) {
        changed.remove(member.connection());
        came.remove(member.connection());
        gone.add(member.connection());
    }

    boolean isEmpty() {
        return came.isEmpty() && changed.isEmpty() && gone.isEmpty();
    }

    /** Whether it is about this member, to whom their own doings are no news. */
    boolean names(Member member) {
        return came.containsKey(member.connection()) || changed.containsKey(member.connection());
    }

    Collection<Member> arrivals() {
        return came.values();
    }

    Collection<Member> changes() {
        return changed.values();
    }

    boolean hasArrived(Member member) {
        return came.containsKey(member.connection());
    }

    /** The message that tells it to all but {@code recipient} (or null), or null when there is nothing to tell. */
    String message(RoomName room, Member recipient) {
        var text = new StringBuilder("{\"type\":\"presence\",\"room\":").append(room.json());
        var empty = text.length();
        if (!gone.isEmpty()) text.append(gone.stream().collect(Collectors.joining("\",\"", ",\"gone\":[\"", "\"]")));
        append(text, "came", came, recipient, Member::entry);
        append(text, "changed", changed, recipient, Member::change);
        return text.length() == empty ? null : text.append('}').toString();
    }

    private static void append(
            StringBuilder text, String name, Map<String, Member> members, Member but, Function<Member, String> json) {
        var others = members.values().stream().filter(m -> m != but).map(json).toList();
        if (!others.isEmpty())
            text.append(",\"")
                    .append(name)
                    .append("\":[")
                    .append(String.join(",", others))
                    .append(']');
    }

    void clear() {
        came.clear();
        changed.clear();
        gone.clear();
    }
}
