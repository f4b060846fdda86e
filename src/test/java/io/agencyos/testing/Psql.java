package io.agencyos.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** SQL past the application: as its runtime role in somebody's name, or as superuser to look behind the policies. */
public final class Psql {

    private static final String IDENTITY = "select set_config('app.user_id', ?, true),"
            + " set_config('app.role', ?, true), set_config('app.note', ?, true)";

    private Psql() {}

    /** Runs one statement as the runtime role in a person's name; answers the SQLSTATE of a refusal, or null. */
    public static String stateAs(Person who, String role, String note, String sql, Object... values) {
        try (var connection = TestDatabase.connect(TestDatabase.RUNTIME, AgencyResource.DATABASE)) {
            connection.setAutoCommit(false);
            prepare(connection, IDENTITY, who.id().toString(), role, note).executeQuery();
            prepare(connection, sql, values).execute();
            connection.commit();
            return null;
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    /** The first column of what a query finds, as superuser. */
    public static List<String> column(String sql, Object... values) {
        try (var connection = superuser()) {
            var rows = prepare(connection, sql, values).executeQuery();
            var column = new ArrayList<String>();
            while (rows.next()) column.add(rows.getString(1));
            return column;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a statement that answers nothing, as superuser. */
    public static void run(String sql) {
        try (var connection = superuser()) {
            connection.createStatement().execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Changes rows as superuser and without triggers, so that even times can be chosen. */
    public static void plant(String sql, Object... values) {
        try (var connection = superuser()) {
            connection.createStatement().execute("set session_replication_role = replica");
            prepare(connection, sql, values).execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection superuser() {
        return TestDatabase.connect("postgres", AgencyResource.DATABASE);
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (var i = 0; i < values.length; i++) statement.setObject(i + 1, values[i]);
        return statement;
    }
}
