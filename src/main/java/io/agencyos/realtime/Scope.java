package io.agencyos.realtime;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.agencyos.db.Sql;

/**
 * Whose changes are wanted: those that the change log keeps under certain ids.
 *
 * @param ids what columns of the change log have to hold
 */
public record Scope(List<Id> ids) {

    /** All that the viewer may hear of. */
    public static final Scope NONE = new Scope(List.of());

    /**
     * What one column has to hold.
     *
     * @param column a column of the change log: request_id, asset_id, scope_id, or recipients, of which one has to be
     *     the id
     * @param value the id
     */
    public record Id(String column, UUID value) {

        Sql condition() {
            return column.equals("recipients") ? Sql.of("? = any(recipients)", value) : Sql.of(column + " = ?", value);
        }
    }

    /** The changes under this id; all where there is none. */
    public static Scope of(String column, UUID id) {
        return id == null ? NONE : new Scope(List.of(new Id(column, id)));
    }

    /** Those that are under both. */
    public Scope and(Scope other) {
        var both = new ArrayList<>(ids);
        both.addAll(other.ids);
        return new Scope(List.copyOf(both));
    }

    /** The condition on the change log. */
    Sql condition() {
        return ids.isEmpty()
                ? Sql.of("true")
                : Sql.join(" and ", ids.stream().map(Id::condition).toList());
    }
}
