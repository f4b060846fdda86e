package io.agencyos.graphql;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.smallrye.common.vertx.ContextLocals;

/** What each source answered to whom while one operation ran, kept in the operation's context. */
final class Tape {

    private static final String KEY = Tape.class.getName();

    /** An answer, as soon as it has come: a value, or the failure in its place. */
    private static final class Answer {
        private Object value = new IllegalStateException("never answered");
    }

    private final Map<FieldSource, Map<Object, Queue<Answer>>> answers = new IdentityHashMap<>();
    private final Map<FieldSource, Map<String, Object>> arguments = new IdentityHashMap<>();
    private final Map<String, PlannedField> places = new HashMap<>();
    private final Queue<Object> events = new ConcurrentLinkedQueue<>();

    /** The tape of the operation that runs here. */
    static Tape current() {
        return ContextLocals.<Tape>get(KEY).orElseThrow(() -> new IllegalStateException("No operation runs here"));
    }

    /** Records the operation that is going to run here. */
    static Tape start() {
        var tape = new Tape();
        ContextLocals.put(KEY, tape);
        return tape;
    }

    /** Forgets all answers, for the next event. */
    void clear() {
        answers.clear();
    }

    /** Notes what a subscription hears of, or why it does not begin. */
    void event(Object event) {
        events.add(event);
    }

    Object nextEvent() {
        return events.remove();
    }

    /** Notes with what arguments a source is asked. */
    void ask(FieldSource source, Map<String, Object> given) {
        arguments.put(source, given);
    }

    Map<String, Object> arguments(FieldSource source) {
        return arguments.get(source);
    }

    /** Notes that a source is asked about a parent; the answer is told later. */
    java.util.function.Consumer<Object> expect(FieldSource source, Object parent) {
        var answer = new Answer();
        answers.computeIfAbsent(source, x -> new IdentityHashMap<>(4))
                .computeIfAbsent(parent, x -> new ArrayDeque<>(1))
                .add(answer);
        return value -> answer.value = value;
    }

    /** What a source answered about a parent, in the order in which it was asked. */
    Object next(FieldSource source, Object parent) {
        var given = answers.getOrDefault(source, Map.of()).get(parent);
        if (given == null || given.isEmpty()) throw new IllegalStateException("This was not asked");
        return given.remove().value;
    }

    /** Learns where in the document each source stands. */
    void read(Plan plan) {
        if (places.isEmpty()) read(plan.root(), "");
    }

    private void read(Selection selection, String above) {
        for (var field : selection.fields()) {
            var place = above + "/" + selection.type().getName() + "." + field.key();
            places.put(place, field);
            field.shape().innermost().selections().values().forEach(within -> read(within, place));
        }
    }

    /** The field of the plan at this place, see {@link StockExecution#place}. */
    PlannedField field(String place) {
        var field = places.get(place);
        if (field == null) throw new IllegalStateException(place + " is not in the plan");
        return field;
    }

    /** Waits for the answers for all of {@code parents}. */
    List<java.util.function.Consumer<Object>> expectAll(FieldSource source, List<?> parents) {
        return parents.stream().map(parent -> expect(source, parent)).toList();
    }
}
