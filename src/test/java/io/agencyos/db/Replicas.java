package io.agencyos.db;

import java.util.List;

import io.agencyos.testing.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;

/** Further replicas of the application, as far as notifications go. */
public final class Replicas {

    private Replicas() {}

    /** The notifications of one more process on a database of the tests. */
    public static Notifications notifications(Vertx vertx, String database) {
        var server = new PgConnectOptions()
                .setHost("localhost")
                .setPort(TestDatabase.port())
                .setDatabase(database)
                .setUser(TestDatabase.RUNTIME)
                .setPassword("runtime");
        return new Notifications(vertx, () -> List.of(server));
    }

    /** Ends the connection, as the end of the process does. */
    public static void stop(Notifications notifications) {
        notifications.stop();
    }
}
