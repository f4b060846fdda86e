package io.agencyos.realtime;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import io.agencyos.db.Sql;
import io.vertx.sqlclient.Row;

/**
 * Fired when what these people may see has changed, or they are gone: what goes on in their name has to end or to be
 * looked at anew.
 *
 * @param position where in the log that stands
 * @param people the profiles
 * @param ofLogin whether it is their role, or that they are there at all, so that they have to sign in anew
 */
public record RightsChanged(Position position, Set<UUID> people, boolean ofLogin) {

    /** Such rows as the snapshot has from the transaction {@code xid} on; they may be above the horizon. */
    static Sql since(long xid) {
        return Sql.of(
                "select xid::text, seq, recipients, changed_fields from change_log"
                        + " where table_name in ('profiles', 'client_members') and xid >= ?::text::xid8",
                String.valueOf(xid));
    }

    static RightsChanged of(Row row) {
        var position = new Position(Long.parseLong(row.getString(0)), row.getLong(1));
        return of(position, row.getArrayOfUUIDs(2), row.getArrayOfStrings(3));
    }

    static RightsChanged of(Position position, UUID[] people, String[] fields) {
        var ofLogin = fields != null && List.of(fields).contains("role");
        return new RightsChanged(position, Set.copyOf(Arrays.asList(people)), ofLogin);
    }
}
