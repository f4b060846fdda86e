package io.agencyos.realtime;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.db.Db;
import io.agencyos.db.Filter;
import io.agencyos.db.Keyed;
import io.agencyos.db.Wanted;
import io.smallrye.mutiny.Multi;

/** Where a room that has live rows says what its subscriptions are about. */
@ApplicationScoped
public class Live {

    private final Db db;

    Live(Db db) {
        this.db = db;
    }

    /**
     * The changes of a table that the current actor may hear of, from {@code after} or from now on. The first one is
     * {@link Operation#LIVE}.
     *
     * @param scope whose changes
     * @param filter which rows; a removal, and a change of a field that the filter looks at, is told of even when the
     *     row does not match, since it may have matched before
     * @param after a cursor of this stream, or null
     */
    public <T extends Keyed> Multi<Change<T>> follow(
            Class<T> type, String table, Scope scope, Filter filter, String after) {
        // at once, as a refusal within the stream would come too late to be the operation's own error
        var position = after == null ? null : Position.of(after);
        var tail = new Tail<>(type, Wanted.of(type), table, scope, filter, change -> change);
        return new Changes<>(db, tail, position);
    }
}
