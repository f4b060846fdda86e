package io.agencyos.graphql;

import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.agencyos.db.Patch;

/** Which fields of an input the client sent: 'absent' leaves a value alone, 'null' removes it. */
public final class Given {

    private static final ThreadLocal<Map<String, Object>> ARGUMENTS = new ThreadLocal<>();

    private Given() {}

    /** The update that the argument {@code input} of the mutation that is being called asks for. */
    @SuppressWarnings("unchecked")
    public static <T extends Record> Patch<T> patch(T input) {
        var sent = (Map<String, ?>) ARGUMENTS.get().get("input");
        return new Patch<>(input, Set.copyOf(sent.keySet()));
    }

    /** Makes {@code arguments} those that a method is called with. */
    static <T> T during(Map<String, Object> arguments, Supplier<T> call) {
        ARGUMENTS.set(arguments);
        try {
            return call.get();
        } finally {
            ARGUMENTS.remove();
        }
    }
}
