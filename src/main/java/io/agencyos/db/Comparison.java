package io.agencyos.db;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** What one field of a filter asks of its column. */
public interface Comparison {

    /** The longest list that a filter may hold. */
    int MOST = 1_000;

    /** The conditions on {@code column}, to be and-ed. */
    List<Sql> on(String column);

    /** {@code column = value}, and {@code column in (values)}; either may be null. */
    static List<Sql> equality(String column, Object eq, Collection<?> in) {
        var conditions = new ArrayList<Sql>();
        if (eq != null) conditions.add(Sql.of(column + " = ?", value(eq)));
        if (in != null) conditions.add(among(column, in));
        return conditions;
    }

    /** {@code column >= gte} and {@code column < lt}; either may be null. */
    static List<Sql> range(String column, Object gte, Object lt) {
        var conditions = new ArrayList<Sql>();
        if (gte != null) conditions.add(Sql.of(column + " >= ?", gte));
        if (lt != null) conditions.add(Sql.of(column + " < ?", lt));
        return conditions;
    }

    /** {@code column is null}, {@code column is not null}, or nothing. */
    static List<Sql> nullity(String column, Boolean isNull) {
        if (isNull == null) return List.of();
        return List.of(Sql.of(column + (isNull ? " is null" : " is not null")));
    }

    private static Sql among(String column, Collection<?> in) {
        if (in.size() > MOST)
            throw new Refusal(ErrorCode.LIMIT_EXCEEDED, "A list in a filter may hold " + MOST + " values at most");
        var values = in.stream()
                .filter(Objects::nonNull)
                .map(v -> Sql.of("?", value(v)))
                .toList();
        // an empty list is a question with the answer "none", not a missing condition
        return values.isEmpty() ? Sql.of("false") : Sql.of(column + " in ").add(Sql.join(", ", values));
    }

    private static Object value(Object v) {
        return v instanceof Enum<?> e ? LowerCase.of(e) : v;
    }
}
