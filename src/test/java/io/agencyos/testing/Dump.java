package io.agencyos.testing;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import org.postgresql.PGConnection;

/** A plain-text dump, as pg_dump writes it and psql reads it: statements, and COPY blocks with their rows. */
public final class Dump {

    /**
     * One step of a dump.
     *
     * @param sql the statement without its semicolon
     * @param rows what follows a COPY, else nothing
     */
    public record Step(String sql, List<String> rows) {

        /** {@code public.tags (id, name)} of {@code COPY public.tags (id, name) FROM stdin}. */
        public String target() {
            return sql.substring("COPY ".length(), sql.indexOf(" FROM stdin"));
        }

        public boolean isCopy() {
            return sql.startsWith("COPY ");
        }
    }

    private final List<Step> steps = new ArrayList<>();

    public static Dump read(String resource) {
        try (var in = Dump.class.getResourceAsStream(resource)) {
            var dump = new Dump();
            dump.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .iterator());
            return dump;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The steps that bring rows. */
    public List<Step> copies() {
        return steps.stream().filter(Step::isCopy).toList();
    }

    /** Loads all of it in one transaction. */
    public void load(Connection connection) throws SQLException, IOException {
        connection.setAutoCommit(false);
        var copy = connection.unwrap(PGConnection.class).getCopyAPI();
        for (var step : steps) {
            if (step.isCopy()) copy.copyIn(step.sql(), new StringReader(text(step.rows())));
            else connection.createStatement().execute(step.sql());
        }
        connection.commit();
    }

    /** What the database now holds in the columns of a step, as a dump would write it. */
    public static List<String> unload(Connection connection, Step step) throws SQLException, IOException {
        var out = new StringWriter();
        var copy = connection.unwrap(PGConnection.class).getCopyAPI();
        var target = step.target();
        var table = target.substring(0, target.indexOf(' '));
        var columns = target.substring(target.indexOf('(') + 1, target.length() - 1);
        copy.copyOut("COPY (select " + columns + " from " + table + ") TO stdout", out);
        return out.toString().lines().sorted().toList();
    }

    private void parse(Iterator<String> lines) {
        var sql = new StringBuilder();
        while (lines.hasNext()) {
            var line = lines.next();
            if (!line.startsWith("--")) sql.append(line).append('\n');
            if (line.endsWith(";") && !line.startsWith("--")) {
                add(sql.toString().strip().replaceAll(";$", ""), lines);
                sql.setLength(0);
            }
        }
    }

    private void add(String sql, Iterator<String> lines) {
        var rows = new ArrayList<String>();
        if (sql.startsWith("COPY ")) {
            for (var line = lines.next(); !line.equals("\\."); line = lines.next()) rows.add(line);
        }
        steps.add(new Step(sql, rows));
    }

    private static String text(List<String> rows) {
        return rows.isEmpty() ? "" : String.join("\n", rows) + "\n";
    }
}
