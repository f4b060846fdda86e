package io.agencyos;

import java.util.Map;
import java.util.stream.Collectors;

import io.smallrye.config.EnvConfigSource;

/**
 * Takes what the environment says in {@code AGENCY_} variables as it is, before the environment itself is asked. The
 * configuration expands expressions in it otherwise: a password with <code>$$</code> came without one of them, and one with
 * <code>${</code> was not there at all.
 */
public final class EnvironmentAsItIs extends EnvConfigSource {

    /** One more than that of the environment. */
    private static final int ORDINAL = 301;

    /** For the service loader. */
    public EnvironmentAsItIs() {
        this(System.getenv());
    }

    EnvironmentAsItIs(Map<String, String> environment) {
        super(literal(environment), ORDINAL);
    }

    private static Map<String, String> literal(Map<String, String> environment) {
        return environment.entrySet().stream()
                .filter(one ->
                        one.getKey().startsWith("AGENCY_") && one.getValue().contains("$"))
                .collect(Collectors.toMap(Map.Entry::getKey, one -> literal(one.getValue())));
    }

    /** An expression that is {@code value}. A backslash before a dollar would escape it, and is the default of nothing. */
    private static String literal(String value) {
        return value.replace("$", "$$").replaceAll("(\\\\+)\\$\\$", "\\${agency.nothing:$1}\\$\\$");
    }
}
