package io.agencyos.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** An open transaction of somebody; closing it without a commit undoes it. */
public final class Chapter implements AutoCloseable {

    private static final String IDENTITY = "select set_config('app.user_id', ?, true), set_config('app.role', ?, true),"
            + " set_config('app.note', ?, true), set_config('app.clients_see', ?, true)";

    private final Story story;
    private final String databaseRole;
    private final Connection connection;

    Chapter(Story story, String databaseRole, Someone who, String note, String clientsSee) throws SQLException {
        this.story = story;
        this.databaseRole = databaseRole;
        connection = story.connection(databaseRole);
        connection.setAutoCommit(false);
        sees(IDENTITY, who.id(), who.role(), note, clientsSee);
    }

    public int does(String sql, Object... values) throws SQLException {
        try (var statement = prepared(sql, values)) {
            statement.execute();
            return statement.getUpdateCount();
        }
    }

    public List<String> sees(String sql, Object... values) throws SQLException {
        try (var statement = prepared(sql, values)) {
            return lines(statement);
        }
    }

    public void commits() throws SQLException {
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        story.done(databaseRole, connection);
    }

    private PreparedStatement prepared(String sql, Object... values) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (var i = 0; i < values.length; i++)
            statement.setObject(i + 1, values[i] instanceof Someone someone ? someone.id() : values[i]);
        return statement;
    }

    private static List<String> lines(PreparedStatement statement) throws SQLException {
        var lines = new ArrayList<String>();
        var rows = statement.executeQuery();
        var width = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            var line = new ArrayList<String>();
            for (var i = 1; i <= width; i++) line.add(rows.getString(i));
            lines.add(width == 1 ? line.get(0) : String.join("|", line));
        }
        return lines;
    }
}
