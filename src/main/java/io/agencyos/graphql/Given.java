package io.agencyos.graphql;

import java.util.Map;
import java.util.Set;

import io.agencyos.db.Patch;
import io.smallrye.graphql.api.Context;

/** Which fields of an input the client sent: 'absent' leaves a value alone, 'null' removes it. */
public final class Given {

    private Given() {}

    /** The update that the argument {@code input} of this field asks for. */
    public static <T extends Record> Patch<T> patch(Context field, T input) {
        return new Patch<>(input, fields(field.getArgument("input")));
    }

    private static Set<String> fields(Map<String, ?> sent) {
        return Set.copyOf(sent.keySet());
    }
}
