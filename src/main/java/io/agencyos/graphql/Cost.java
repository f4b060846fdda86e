package io.agencyos.graphql;

import java.util.Map;

import io.agencyos.db.Page;

/**
 * What an operation costs: one for each field, times the rows that the lists around it were asked for. It is counted
 * before anything runs, so a query that goes round in circles is refused and not tried.
 */
final class Cost {

    private final Run run;

    Cost(Run run) {
        this.run = run;
    }

    /** The cost of all that is wanted of one object; of types that exclude one another the dearest counts. */
    long of(Selection selection) {
        var sum = 0L;
        for (var field : selection.fields()) sum += of(field);
        return sum;
    }

    private long of(PlannedField field) {
        var within = 0L;
        for (var selection : field.shape().innermost().selections().values()) within = Math.max(within, of(selection));
        var each = 1 + within;
        // beyond an int is beyond any limit, and saturates before it could wrap
        return Math.min(Integer.MAX_VALUE, field.paged() ? rows(field) * each : each);
    }

    private long rows(PlannedField field) {
        try {
            return rows(run.arguments(field).coerced());
        } catch (RuntimeException e) {
            // nothing is read for it: it fails when it is asked
            return 1;
        }
    }

    private static long rows(Map<String, Object> arguments) {
        var asked = arguments.get("last") != null ? arguments.get("last") : arguments.get("first");
        return asked instanceof Integer size ? Math.max(1, size) : Page.DEFAULT_SIZE;
    }
}
