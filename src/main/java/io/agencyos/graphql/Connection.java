package io.agencyos.graphql;

import java.util.List;
import java.util.function.BiFunction;

import io.agencyos.db.Slice;
import io.agencyos.db.Sql;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Ignore;
import org.eclipse.microprofile.graphql.NonNull;

/** One page of a list (Relay cursor connections). A subclass per type, since GraphQL has no generics. */
public abstract class Connection<T> {

    private final Slice<T> slice;

    protected Connection(Slice<T> slice) {
        this.slice = slice;
    }

    @NonNull
    @Description("Where this page lies in the list")
    public PageInfo getPageInfo() {
        var rows = slice.rows();
        var start = rows.isEmpty() ? null : slice.cursor().apply(rows.get(0));
        var end = rows.isEmpty() ? null : slice.cursor().apply(rows.get(rows.size() - 1));
        return new PageInfo(slice.hasNext(), slice.hasPrevious(), start, end);
    }

    protected List<T> rows() {
        return slice.rows();
    }

    protected <E> List<E> edges(BiFunction<String, T, E> edge) {
        return slice.rows().stream()
                .map(row -> edge.apply(slice.cursor().apply(row), row))
                .toList();
    }

    /** The statement that counts the whole list. */
    @Ignore
    public Sql counting() {
        return slice.count();
    }
}
