package io.agencyos.testing;

import java.sql.SQLException;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Somebody's turn in a story: each call is a transaction of its own, committed unless it fails. */
public final class Turn {

    private final Story story;
    private final String databaseRole;
    private final Someone who;
    private String note = "";
    private String clientsSee = "";

    Turn(Story story, String databaseRole, Someone who) {
        this.story = story;
        this.databaseRole = databaseRole;
        this.who = who;
    }

    public Turn noting(String note) {
        this.note = note;
        return this;
    }

    /** With {@code agency.clients-see=all}. */
    public Turn whereClientsSeeAll() {
        this.clientsSee = "all";
        return this;
    }

    /** A transaction that stays open until it is committed or closed. */
    public Chapter begins() {
        try {
            return new Chapter(story, databaseRole, who, note, clientsSee);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Answers how many rows it touched. */
    public int does(String sql, Object... values) {
        return inChapter(chapter -> chapter.does(sql, values));
    }

    /** Inserts a row and answers its id, which the statement returns. */
    public String adds(String sql, Object... values) {
        return one(sql, values);
    }

    /** The rows, a line each, their columns with a bar between. */
    public List<String> sees(String sql, Object... values) {
        return inChapter(chapter -> chapter.sees(sql, values));
    }

    /** The first column of the only row, or null where there is none. */
    public String one(String sql, Object... values) {
        var rows = sees(sql, values);
        assertEquals(Math.min(rows.size(), 1), rows.size(), () -> "one row at most, but " + rows);
        return rows.isEmpty() ? null : rows.get(0);
    }

    /** What row level security hides, a statement passes over without an error. */
    public void changesNothing(String sql, Object... values) {
        assertEquals(0, does(sql, values), () -> who + " changed something by " + sql);
    }

    public SQLException isRefused(String sqlState, String sql, Object... values) {
        try (var chapter = begins()) {
            var refusal = assertThrows(
                    SQLException.class,
                    () -> {
                        chapter.does(sql, values);
                        chapter.commits();
                    },
                    () -> who + " was not refused: " + sql);
            assertEquals(sqlState, refusal.getSQLState(), refusal.getMessage());
            return refusal;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private <T> T inChapter(Work<T> work) {
        try (var chapter = begins()) {
            var answer = work.in(chapter);
            chapter.commits();
            return answer;
        } catch (SQLException e) {
            throw new AssertionError(who + ": " + e.getMessage(), e);
        }
    }

    private interface Work<T> {
        T in(Chapter chapter) throws SQLException;
    }
}
