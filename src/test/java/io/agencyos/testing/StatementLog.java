package io.agencyos.testing;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;

/** What PostgreSQL was told, by its own log. */
public final class StatementLog {

    private static final String SIZE = "select size from pg_stat_file(pg_current_logfile())";
    private static final String REST = "select pg_read_file(pg_current_logfile(), ?, 100000000)";

    private StatementLog() {}

    /** The transactions in the name of {@code who} while {@code deed} is done, each with its statements in order. */
    public static List<List<String>> during(Runnable deed, UUID who) {
        logging("set log_statement = 'all'", "all");
        try {
            var start = Long.parseLong(Psql.column(SIZE).get(0));
            deed.run();
            return transactions(rest(start)).stream()
                    .filter(lines -> lines.stream().anyMatch(line -> line.contains("'" + who + "'")))
                    .map(StatementLog::statements)
                    .toList();
        } finally {
            logging("reset log_statement", "none");
        }
    }

    /** Who connects anew sees the setting when all who are connected have been told of it. */
    private static void logging(String change, String then) {
        try (var connection = TestDatabase.connect("postgres", AgencyResource.DATABASE)) {
            connection.createStatement().execute("alter system " + change);
            connection.createStatement().execute("select pg_reload_conf()");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        Await.value(List.of(then), () -> Psql.column("show log_statement"));
    }

    /** All that was logged since, up to a mark made now. */
    private static String rest(long start) {
        var mark = "select 'mark " + UUID.randomUUID() + "'";
        Psql.column(mark);
        var log = new StringBuilder();
        Await.until(() -> read(log, start).indexOf(mark) >= 0, () -> "the log does not say " + mark);
        return log.toString();
    }

    private static StringBuilder read(StringBuilder log, long start) {
        log.setLength(0);
        return log.append(Psql.column(REST, start).get(0));
    }

    private static List<List<String>> transactions(String log) {
        var open = new HashMap<String, List<String>>();
        var all = new ArrayList<List<String>>();
        for (var line : log.lines().filter(line -> line.matches("\\d+:.*")).toList()) {
            var process = line.substring(0, line.indexOf(':'));
            if (line.matches("(?i).*LOG: .*: begin\\b.*")) open.put(process, begun(all));
            if (open.containsKey(process)) open.get(process).add(line);
            if (line.matches("(?i).*LOG: .*: (rollback|commit)$")) open.remove(process);
        }
        return all;
    }

    private static List<String> begun(List<List<String>> all) {
        var transaction = new ArrayList<String>();
        all.add(transaction);
        return transaction;
    }

    private static List<String> statements(List<String> lines) {
        return lines.stream()
                .filter(line -> line.contains("LOG: "))
                .map(line -> line.replaceFirst("^\\d+:LOG:  (statement|execute [^:]*): ", ""))
                .toList();
    }
}
