package io.agencyos.db;

import java.util.Locale;

/** Names of types as people say them. */
public final class Words {

    private Words() {}

    /** {@code StatusChange} is a "status change". */
    public static String of(Class<?> type) {
        return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
