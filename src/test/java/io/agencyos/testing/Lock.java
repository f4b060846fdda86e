package io.agencyos.testing;

import java.sql.Connection;
import java.sql.SQLException;

/** Something in the database that somebody at a psql prompt holds until it is closed. */
public final class Lock implements AutoCloseable {

    private final Connection holder;

    private Lock(Connection holder) {
        this.holder = holder;
    }

    /** Nobody can read this table. */
    public static Lock table(String table) {
        return of("lock table " + table + " in access exclusive mode");
    }

    /** Nobody can change this row. */
    public static Lock row(String table, String id) {
        return of("select 1 from " + table + " where id = '" + id + "' for update");
    }

    private static Lock of(String sql) {
        return of(TestDatabase.connect("postgres", AgencyResource.DATABASE), sql);
    }

    static Lock of(Connection holder, String sql) {
        try {
            holder.setAutoCommit(false);
            holder.createStatement().execute(sql);
            return new Lock(holder);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
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
