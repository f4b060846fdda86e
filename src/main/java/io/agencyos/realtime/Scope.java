package io.agencyos.realtime;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import io.agencyos.db.Reads;
import io.agencyos.db.Refusal;
import io.agencyos.db.Sql;
import io.smallrye.mutiny.Uni;

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
     * @param column request_id, asset_id, scope_id, which is the video of a version and the version of a timecode
     *     comment or a decision, or recipients, of whom one has to be the person
     * @param value the id
     */
    public record Id(String column, UUID value) {

        private Sql now() {
            return isPerson() ? person("? = any(recipients)") : Sql.of("coalesce(" + column + " = ?, false)", value);
        }

        private Sql before() {
            return isPerson()
                    ? person("? = any(recipients)")
                    : Sql.of("coalesce(old_" + column + " = ?, false)", value);
        }

        /** Who had it before is told as well, and is not the first. */
        private Sql inside() {
            return isPerson() ? person("coalesce(recipients[1] = ?, false)") : now();
        }

        private Sql person(String condition) {
            return Sql.of(condition, value);
        }

        private boolean isPerson() {
            return column.equals(Topic.PERSON);
        }

        /** The request that the thing hangs on, if the viewer may see the thing. */
        private Sql request(String table) {
            return Sql.of(
                    switch (column) {
                        case "request_id" -> "select id from requests where id = ?";
                        case "asset_id" -> "select request_id from assets where id = ?";
                        default ->
                            table.equals("video_versions")
                                    ? "select project_id from video_assets where id = ?"
                                    : "select a.project_id from video_versions v join video_assets a"
                                            + " on a.id = v.video_asset_id where v.id = ?";
                    },
                    value);
        }

        private String what(String table) {
            return switch (column) {
                case "request_id" -> "request";
                case "asset_id" -> "asset";
                default -> table.equals("video_versions") ? "video asset" : "video version";
            };
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

    boolean isNarrow() {
        return !ids.isEmpty();
    }

    /**
     * The condition on the change log. A row that has left the scope, or is hidden now, is heard of once more; people of
     * clients hear nothing of one that was never there and open at a time.
     */
    Sql condition() {
        if (!isNarrow()) return Sql.of("true");
        return Sql.of("(")
                .add(all(Id::now))
                .add(" and (not is_internal or (select is_staff())) or ")
                .add(all(Id::before))
                .add(" and (not coalesce(old_is_internal, is_internal) or (select is_staff())))");
    }

    /** Whether a row of the log has its place in the scope now, and has not just left it. */
    Sql inside() {
        return isNarrow() ? all(Id::inside) : Sql.of("true");
    }

    private Sql all(Function<Id, Sql> condition) {
        return Sql.join(" and ", ids.stream().map(condition).toList());
    }

    /** Of several ids one is enough to find a change by; the rest is the condition's business. */
    Topic topic(String table) {
        var last = ids.get(ids.size() - 1);
        return new Topic(table, last.column, last.value);
    }

    /**
     * The requests that the scope hangs on; fails with NOT_FOUND when the viewer may not see what it is about.
     *
     * @param table whose changes are wanted
     */
    Uni<List<UUID>> requests(Reads reads, String table) {
        var things = ids.stream().filter(id -> !id.isPerson()).toList();
        if (things.isEmpty()) return Uni.createFrom().item(List.of());
        var found = things.stream()
                .map(id -> reads.rows(id.request(table), row -> row.getUUID(0)).map(rows -> {
                    if (rows.isEmpty()) throw Refusal.notFound(id.what(table));
                    return rows.get(0);
                }))
                .toList();
        return Uni.join().all(found).andFailFast();
    }
}
