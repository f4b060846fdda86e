package io.agencyos.db;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.vertx.sqlclient.Tuple;

/** SQL text and its bound values, grown together: {@code ?} stands for a value, and a value never becomes text. */
public final class Sql {

    private final StringBuilder text = new StringBuilder();
    private final List<Object> values = new ArrayList<>();
    private String numbered;

    /**
     * A fragment with one value for each {@code ?}; the text must hold no other question mark, so jsonb's operators
     * that have one cannot be written.
     */
    public static Sql of(String text, Object... values) {
        return new Sql().add(text, values);
    }

    /**
     * An array of PostgreSQL's {@code type} as one value, whose length the planner is not to see. It would count the
     * elements of a short one, find a plan made for them cheaper than the one it keeps, and so plan each call anew,
     * which costs several times what the look-up does.
     */
    static Sql array(String type, Object array) {
        return Sql.of("(select ?::" + type + "[])::" + type + "[]", array);
    }

    /** Grows by a fragment with one value for each {@code ?}. */
    public Sql add(String more, Object... bound) {
        numbered = null;
        text.append(more);
        values.addAll(Arrays.asList(bound));
        return this;
    }

    /** Grows by another piece and its values. */
    public Sql add(Sql more) {
        numbered = null;
        text.append(more.text);
        values.addAll(more.values);
        return this;
    }

    /** All of {@code parts} with {@code separator} between them, in parentheses. */
    public static Sql join(String separator, List<Sql> parts) {
        var joined = Sql.of("(");
        for (var i = 0; i < parts.size(); i++)
            joined.add(i == 0 ? "" : separator).add(parts.get(i));
        return joined.add(")");
    }

    /** The text with PostgreSQL's numbered parameters, {@code $1}. */
    String text() {
        if (numbered == null) numbered = numbered("$");
        return numbered;
    }

    /** The text with the numbered parameters of Jakarta Persistence, {@code ?1}. */
    String ordinal() {
        return numbered("?");
    }

    private String numbered(String mark) {
        var numbered = new StringBuilder(text.length() + 16);
        var from = 0;
        var n = 0;
        for (var at = text.indexOf("?"); at >= 0; at = text.indexOf("?", from)) {
            numbered.append(text, from, at).append(mark).append(++n);
            from = at + 1;
        }
        return numbered.append(text, from, text.length()).toString();
    }

    int size() {
        return values.size();
    }

    Tuple values() {
        return Tuple.tuple(values);
    }
}
