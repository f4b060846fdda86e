package io.agencyos.realtime;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Writes by plain SQL, as the runtime role and in the name of an administrator, some changes to a transaction. */
final class SoakSession extends SoakWriter {

    private static final String IDENTITY =
            "select set_config('app.user_id', ?, true), set_config('app.role', 'admin', true)";

    private final SoakStage stage;
    private final String name;
    private final Duration hold;
    private final int undone;
    private final List<Runnable> committed = new ArrayList<>();
    private Connection connection;

    private SoakSession(SoakStage stage, Random random, String name, Duration hold, int undone) {
        super(random);
        this.stage = stage;
        this.name = name;
        this.hold = hold;
        this.undone = undone;
    }

    /** One who writes as at a psql prompt. */
    static SoakSession plain(SoakStage stage, Random random) {
        return new SoakSession(stage, random, "plain", Duration.ZERO, 0);
    }

    /** One whose transactions stay open between their changes. */
    static SoakSession slow(SoakStage stage, Random random, Duration hold) {
        return new SoakSession(stage, random, "slow", hold, 0);
    }

    /** One who rolls back every second transaction. */
    static SoakSession undecided(SoakStage stage, Random random) {
        return new SoakSession(stage, random, "undecided", Duration.ZERO, 50);
    }

    @Override
    boolean write() throws SQLException {
        try {
            return transaction(connection());
        } catch (SQLException e) {
            close();
            throw e;
        } finally {
            committed.clear();
        }
    }

    private Connection connection() throws SQLException {
        if (connection == null) {
            connection = stage.cluster.connect();
            connection.setAutoCommit(false);
        }
        return connection;
    }

    private boolean transaction(Connection sql) throws SQLException {
        does(IDENTITY, stage.aliceId);
        var changes = 1 + random.nextInt(4);
        insertRequest();
        pause(hold);
        for (var i = 0; i < changes; i++) change();
        if (undone > 0 && random.nextBoolean()) undo(sql);
        var keeps = random.nextInt(100) >= undone;
        if (keeps) sql.commit();
        else sql.rollback();
        if (keeps) committed.forEach(Runnable::run);
        return keeps;
    }

    private void change() throws SQLException {
        switch (random.nextInt(6)) {
            case 0 -> insertRequest();
            case 1, 2 -> insertComment();
            case 3 -> does("update comments set content = ? where id = ?", text(), stage.comments.any(random));
            case 4 -> does("delete from comments where id = ?", stage.comments.any(random));
            default -> does("update requests set title = ? where id = ?", text(), stage.requests.any(random));
        }
    }

    /** A part of the transaction that comes to nothing. */
    private void undo(Connection sql) throws SQLException {
        var before = sql.setSavepoint();
        does("update requests set title = ? where id = ?", text(), stage.requests.any(random));
        does("insert into requests (title, request_type, created_by) values (?, 'creative', app_user_id())", text());
        sql.rollback(before);
    }

    private void insertRequest() throws SQLException {
        var id = UUID.randomUUID().toString();
        does(
                "insert into requests (id, title, request_type, client_id, created_by)"
                        + " values (?, ?, 'creative', ?, app_user_id())",
                id,
                text(),
                stage.client(random));
        committed.add(() -> stage.requests.add(id));
    }

    private void insertComment() throws SQLException {
        var id = UUID.randomUUID().toString();
        does(
                "insert into comments (id, request_id, user_id, content, is_internal)"
                        + " select ?, id, app_user_id(), ?, ? from requests where id = ?",
                id,
                text(),
                random.nextInt(3) == 0,
                stage.requests.any(random));
        committed.add(() -> stage.comments.add(id));
    }

    private String text() {
        return "By a session " + random.nextLong();
    }

    private void does(String text, Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(text)) {
            for (var i = 0; i < values.length; i++) statement.setObject(i + 1, values[i]);
            statement.execute();
        }
    }

    @Override
    public void close() {
        try (var old = connection) {
            connection = null;
            if (old != null) old.rollback();
        } catch (SQLException gone) {
            // with its server
        }
    }

    @Override
    public String toString() {
        return super.toString() + " (" + name + ")";
    }
}
