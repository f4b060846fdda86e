package io.agencyos.graphql;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.agencyos.db.Db;
import io.agencyos.db.Keyset;
import io.agencyos.db.Page;
import io.agencyos.db.Refusal;
import io.agencyos.db.Slice;
import io.agencyos.db.Sort;
import io.agencyos.db.Sql;
import io.agencyos.db.Versioned;
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
    public <T extends Versioned> Uni<T> byId(Class<T> type, UUID id) {
        return db.read(reads -> reads.byId(type, id))
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.notFound(Words.of(type)));
    }

    /** One page of the rows of {@code type} that fulfil {@code where}. */
    public <T> Uni<Slice<T>> page(Class<T> type, Sql where, List<Sort> order, Page page) {
        return db.read(reads -> reads.page(Keyset.of(type, where, page, order)));
    }

    /** How many rows the whole list of a page has. */
    public Uni<Integer> count(Connection<?> page) {
        return db.read(reads -> reads.count(page.counting()));
    }

    /** For each parent the row that its foreign key names, or null: one statement for all. */
    public <P, T extends Versioned> Uni<List<T>> of(List<P> parents, Function<P, UUID> foreignKey, Class<T> type) {
        var ids = parents.stream().map(foreignKey).filter(Objects::nonNull).collect(Collectors.toSet());
        if (ids.isEmpty())
            return Uni.createFrom().item(parents.stream().map(p -> (T) null).toList());
        return db.read(reads -> reads.byIds(type, ids)).map(rows -> {
            Map<UUID, T> byId = rows.stream().collect(Collectors.toMap(row -> row.id, Function.identity()));
            return parents.stream().map(foreignKey).map(byId::get).toList();
        });
    }
}
