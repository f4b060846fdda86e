package io.agencyos.realtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.agencyos.realtime.Heard.Place;

/** What was wrong with all that one listener was told, compared with what the log holds for him. */
final class SoakVerdict {

    private static final int SHOWN = 5;

    private final List<SoakLog.Row> expected;
    private final List<Heard> heard;
    private final List<String> faults = new ArrayList<>();

    private SoakVerdict(List<SoakLog.Row> expected, List<Heard> heard) {
        this.expected = expected;
        this.heard = heard;
    }

    /**
     * The faults; none if each change was told once and in its place, up to where he was told to read anew, and that just
     * where there was a reason to.
     *
     * @param moves the reasons
     */
    static List<String> of(List<SoakLog.Row> expected, SoakSpan span, List<Place> moves) {
        var told = Math.min(expected.size(), span.heard().size());
        var verdict = new SoakVerdict(span.over() ? expected.subList(0, told) : expected, span.heard());
        verdict.compare();
        verdict.compareEnd(span, moves);
        return verdict.faults;
    }

    /**
     * Whether he who believes what he is told sees what is there in the end.
     *
     * @param there the version of each row
     */
    static List<String> ofPicture(Map<String, Integer> there, List<Heard> heard) {
        var picture = new HashMap<String, Integer>();
        for (var change : heard) {
            if (change.operation().equals("DELETE")) picture.remove(change.id());
            else picture.merge(change.id(), change.version(), Math::max);
        }
        var wrong = new HashSet<>(picture.entrySet());
        wrong.removeAll(there.entrySet());
        var unknown = new HashSet<>(there.entrySet());
        unknown.removeAll(picture.entrySet());
        if (wrong.isEmpty() && unknown.isEmpty()) return List.of();
        return List.of("sees in the end what is not there: " + wrong + ", and does not see " + unknown);
    }

    private void compare() {
        var told = new LinkedHashSet<Place>();
        var twice = new LinkedHashSet<Place>();
        for (var change : heard) if (!told.add(change.place())) twice.add(change.place());
        var logged = new LinkedHashSet<Place>();
        for (var row : expected) logged.add(row.place());
        fault("lost", without(logged, told));
        fault("told twice", twice);
        fault("not his, or in no log", without(told, logged));
        if (faults.isEmpty()) compareInTurn();
    }

    private void compareEnd(SoakSpan span, List<Place> moves) {
        var behind =
                moves.stream().filter(move -> move.compareTo(span.start()) > 0).toList();
        if (!span.over()) fault("moved without a word", behind);
        else if (behind.isEmpty()) fault("read anew without a reason", List.of(span.start()));
    }

    private void compareInTurn() {
        var disordered = new ArrayList<String>();
        var different = new ArrayList<String>();
        var older = new ArrayList<String>();
        var versions = new HashMap<String, Integer>();
        for (var i = 0; i < heard.size(); i++) {
            var row = expected.get(i);
            var change = heard.get(i);
            if (!row.place().equals(change.place()))
                disordered.add(change.place() + " where " + row.place() + " was due");
            else if (!row.id().equals(change.id()) || !row.mayBeTold(change.operation()))
                different.add(change + " instead of " + row);
            if (change.version() > 0 && versions.merge(change.id(), change.version(), Math::max) > change.version())
                older.add(change.toString());
        }
        fault("out of order", disordered);
        fault("told wrongly", different);
        fault("told with an older row than before", older);
    }

    private static Set<Place> without(Set<Place> all, Set<Place> some) {
        var rest = new LinkedHashSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    private void fault(String what, java.util.Collection<?> which) {
        if (which.isEmpty()) return;
        var first = which.stream().limit(SHOWN).map(Object::toString).toList();
        faults.add(which.size() + " " + what + ": " + String.join(", ", first) + (which.size() > SHOWN ? ", …" : ""));
    }
}
