package io.agencyos.graphql;

import java.util.List;
import java.util.function.BiFunction;

import io.agencyos.db.Slice;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Ignore;
import org.eclipse.microprofile.graphql.NonNull;

/** One page of a list (Relay cursor connections). A subclass per type, since GraphQL has no generics. */
@RegisterForReflection
public abstract class Connection<T> {

    private final Slice<T> slice;

    protected Connection(Slice<T> slice) {
        this.slice = slice;
    }

    @NonNull
    @Description("Where this page lies in the list")
    public PageInfo getPageInfo() {
        var rows = slice.rows();
        var start = rows.isEmpty() ? null : slice.cursor(rows.get(0));
        var end = rows.isEmpty() ? null : slice.cursor(rows.get(rows.size() - 1));
        return new PageInfo(slice.hasNext(), slice.hasPrevious(), start, end);
    }

    protected List<T> rows() {
        return slice.rows();
    }

    protected <E> List<E> edges(BiFunction<String, T, E> edge) {
        return slice.rows().stream()
                .map(row -> edge.apply(slice.cursor(row), row))
                .toList();
    }

    /** The page as it was read. */
    @Ignore
    public Slice<T> slice() {
        return slice;
    }
}
