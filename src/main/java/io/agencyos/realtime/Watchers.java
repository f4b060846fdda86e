package io.agencyos.realtime;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who waits for what, and the place up to which all of them have been told: who comes later begins there. The two move
 * together, so that nobody who comes meanwhile is told of something twice, or not at all.
 */
final class Watchers {

    private static final Position BEGINNING = new Position(0, 0);

    private final Map<Topic, Set<Watcher>> byTopic = new ConcurrentHashMap<>();
    private final Set<Watcher> all = ConcurrentHashMap.newKeySet();
    private volatile Position position = BEGINNING;

    /** Whether nobody waits. */
    boolean isEmpty() {
        return all.isEmpty();
    }

    /** The place up to which everybody has been told. */
    Position position() {
        return position;
    }

    /** Whether nobody has looked yet, so that there is no place to begin at. */
    boolean isNowhere() {
        return position == BEGINNING;
    }

    /** The place from which on {@code watcher} is told of the changes of {@code topics}, or null when there is none yet. */
    synchronized Position add(Set<Topic> topics, Watcher watcher) {
        if (isNowhere()) return null;
        all.add(watcher);
        for (var topic : topics)
            byTopic.compute(topic, (x, present) -> {
                var waiting = present == null ? ConcurrentHashMap.<Watcher>newKeySet() : present;
                waiting.add(watcher);
                return waiting;
            });
        return position;
    }

    /** Tells it no more. */
    void remove(Set<Topic> topics, Watcher watcher) {
        all.remove(watcher);
        for (var topic : topics)
            byTopic.computeIfPresent(topic, (x, waiting) -> {
                waiting.remove(watcher);
                return waiting.isEmpty() ? null : waiting;
            });
    }

    /** Goes on to {@code end}, unless somebody waits for just what lies before it; whether it went. */
    synchronized boolean skipTo(Position end) {
        if (!all.isEmpty()) return false;
        position = end;
        return true;
    }

    /** Goes on to {@code end} and tells whoever waits for one of {@code topics}, each with the place of its last change. */
    void tell(Map<Topic, Position> topics, Position end) {
        var behind = position;
        moveTo(end, topics).forEach((watcher, moved) -> {
            if (moved != BEGINNING) watcher.moved(behind, moved);
            watcher.changed(behind, end);
        });
    }

    private synchronized Map<Watcher, Position> moveTo(Position end, Map<Topic, Position> topics) {
        position = end;
        return concerned(topics);
    }

    /** Each with the place of the last move that it has to be told of, or the beginning. */
    private Map<Watcher, Position> concerned(Map<Topic, Position> topics) {
        var concerned = new HashMap<Watcher, Position>();
        topics.forEach((topic, place) -> {
            var moved = topic.isMove() ? place : BEGINNING;
            for (var watcher : byTopic.getOrDefault(topic, Set.of()))
                concerned.merge(watcher, moved, (one, other) -> one.isAfter(other) ? one : other);
        });
        return concerned;
    }

    /** Goes to {@code end}, though that is no way forward, and tells everybody that the log is not the one that it was. */
    void lost(Position end) {
        moveTo(end, Map.of());
        all.forEach(Watcher::lost);
    }
}
