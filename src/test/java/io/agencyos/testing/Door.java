package io.agencyos.testing;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * An advisory lock that is held until this is closed.
 *
 * @param cluster where
 * @param holder whose session has it
 */
public record Door(Cluster cluster, Connection holder) implements AutoCloseable {

    public void awaitSomebodyWaiting() {
        var waiting = "select count(*) from pg_locks where locktype = 'advisory' and not granted";
        while (cluster.find(waiting).equals("0")) Thread.onSpinWait();
    }

    @Override
    public void close() {
        try {
            holder.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
