package io.agencyos.graphql;

import java.util.List;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.db.Db;
import io.agencyos.db.Keyed;
import io.agencyos.db.Keyset;
import io.agencyos.db.Page;
import io.agencyos.db.Refusal;
import io.agencyos.db.Slice;
import io.agencyos.db.Sort;
import io.agencyos.db.Sql;
import io.agencyos.db.Wanted;
import io.agencyos.db.Words;
import io.smallrye.mutiny.Uni;

/** Rows by their ids and lists of them, as the viewer may see them. */
@ApplicationScoped
public class Nodes {

    private final Db db;

    Nodes(Db db) {
        this.db = db;
    }

    /**
     * The row with this id.
     *
     * @return fails with NOT_FOUND when there is none that the viewer may see
     */
    public <T extends Keyed> Uni<T> byId(Class<T> type, Object id) {
        var wanted = Wanted.of(type);
        return db.read(reads -> reads.byId(type, wanted, id))
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.notFound(Words.of(type)));
    }

    /** One page of the rows of {@code type} that fulfil {@code where}, as a connection. */
    public <T, C> Uni<C> page(Class<T> type, Sql where, List<Sort> order, Page page, Function<Slice<T>, C> connection) {
        var keyset = Keyset.of(type, where, page, order);
        return db.read(reads -> reads.pages(keyset)).map(slices -> connection.apply(slices.get(0)));
    }

    /** The ids of rows. */
    public static List<Object> ids(List<? extends Keyed> rows) {
        return rows.stream().<Object>map(Keyed::key).toList();
    }

    /**
     * For each parent one page of the rows that are its own, as a connection: one statement for all.
     *
     * @param relation the condition that ties a row to {@code parent.id}
     */
    public <T, C> Uni<List<C>> pages(
            List<?> parents,
            String relation,
            Class<T> type,
            Sql where,
            List<Sort> order,
            Page page,
            Function<Slice<T>, C> connection) {
        var keyset = Keyset.under(parents, relation, type, where, page, order);
        return db.read(reads -> reads.pages(keyset))
                .map(slices -> slices.stream().map(connection).toList());
    }

    /** How many rows the whole list of each page has: one statement for all pages of one list. */
    public Uni<List<Integer>> counts(List<? extends Connection<?>> pages) {
        var keysets =
                pages.stream().map(page -> page.slice().keyset()).distinct().toList();
        return db.read(reads -> Uni.join()
                        .all(keysets.stream().map(reads::counts).toList())
                        .andFailFast())
                .map(counts -> pages.stream()
                        .map(Connection::slice)
                        .map(slice ->
                                counts.get(keysets.indexOf(slice.keyset())).get(slice.list()))
                        .toList());
    }

    /** For each parent the row that its foreign key leads to, or null: one statement for all, or none at all. */
    public <P, T extends Keyed> Uni<List<T>> of(List<P> parents, String foreignKey, Class<T> type) {
        var wanted = Wanted.of(type);
        return db.read(reads -> reads.referred(parents, foreignKey, type, wanted));
    }
}
