package io.agencyos.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static io.agencyos.testing.Someone.ADA;
import static io.agencyos.testing.Someone.BOB;
import static io.agencyos.testing.Someone.CAROL;
import static io.agencyos.testing.Someone.DANA;
import static io.agencyos.testing.Someone.DAVE;
import static io.agencyos.testing.Someone.ERIN;
import static io.agencyos.testing.Someone.FINN;
import static io.agencyos.testing.Someone.LUMEN;
import static io.agencyos.testing.Someone.NORTHWIND;

/**
 * A story told in SQL, in a migrated database of the test class's own: {@code story.as(BOB).isRefused(...)}. Each
 * sentence is a transaction of the runtime role under the identity that the application would set.
 */
public final class Story implements BeforeAllCallback, AfterAllCallback {

    private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();
    private final boolean withCast;
    private String database;

    public Story() {
        this(true);
    }

    private Story(boolean withCast) {
        this.withCast = withCast;
    }

    /** In a database that holds nothing but what the migrations seed. */
    public static Story onAnEmptyStage() {
        return new Story(false);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        database = "story_" + context.getRequiredTestClass().getSimpleName().toLowerCase();
        TestDatabase.createMigrated(database);
        if (withCast) enterTheCast();
    }

    @Override
    public void afterAll(ExtensionContext context) throws SQLException {
        for (var connection : idle) connection.close();
    }

    private void enterTheCast() {
        asSuperuser()
                .does(
                        "insert into profiles (id, first_name, last_name, role, slack_id) values"
                                + " (?, 'Ada', 'Archer', 'admin', 'UADA'), (?, 'Bob', 'Baker', 'user', 'UBOB'),"
                                + " (?, 'Carol', 'Cole', 'user', 'UCAROL'), (?, 'Dana', 'Dorn', 'client', 'UDANA'),"
                                + " (?, 'Dave', 'Dorn', 'client', null), (?, 'Erin', 'East', 'client', null),"
                                + " (?, 'Finn', 'Free', 'client', null)",
                        ADA,
                        BOB,
                        CAROL,
                        DANA,
                        DAVE,
                        ERIN,
                        FINN);
        asSuperuser().does("insert into clients (id, name) values (?, 'Northwind'), (?, 'Lumen')", NORTHWIND, LUMEN);
        asSuperuser()
                .does(
                        "insert into client_members (client_id, profile_id) values (?, ?), (?, ?), (?, ?)",
                        NORTHWIND,
                        DANA,
                        NORTHWIND,
                        DAVE,
                        LUMEN,
                        ERIN);
    }

    public Turn as(Someone who) {
        return new Turn(this, TestDatabase.RUNTIME, who);
    }

    public Turn asOwner() {
        return new Turn(this, TestDatabase.OWNER, Someone.NOBODY);
    }

    /** Past row level security: for what the story presupposes, and for looking at what nobody may see. */
    public Turn asSuperuser() {
        return new Turn(this, "postgres", Someone.NOBODY);
    }

    /** A request of somebody's, assigned to nobody. */
    public String request(Someone creator, String client) {
        return request(creator, client, null);
    }

    public String request(Someone creator, String client, Someone assignee) {
        return as(creator)
                .adds(
                        "insert into requests (title, request_type, client_id, created_by, assigned_to)"
                                + " values ('A poster', 'creative', ?, ?, ?) returning id",
                        client,
                        creator,
                        assignee);
    }

    /** Puts a request where a walk of several people would have brought it. */
    public void place(String request, String status) {
        asSuperuser()
                .does(
                        "with quiet as (select set_config('session_replication_role', 'replica', true))"
                                + " update requests set status = ? from quiet where id = ?",
                        status,
                        request);
    }

    public String database() {
        return database;
    }

    Connection connection(String role) {
        var used = role.equals(TestDatabase.RUNTIME) ? idle.poll() : null;
        return used != null ? used : TestDatabase.connect(role, database);
    }

    void done(String role, Connection connection) throws SQLException {
        if (role.equals(TestDatabase.RUNTIME)) idle.add(connection);
        else connection.close();
    }
}
