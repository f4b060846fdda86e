package io.agencyos.graphql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One value of a header field in the form of RFC 9110, section 5.6: {@code name;parameter=value}.
 *
 * @param name in lower case
 * @param parameters by their names in lower case, without the quotes
 */
record HeaderValue(String name, Map<String, String> parameters) {

    /** All values of a field, be they on one line or on several. */
    static List<HeaderValue> all(List<String> lines) {
        return split(String.join(",", lines), ',').stream()
                .filter(value -> !value.isBlank())
                .map(HeaderValue::of)
                .toList();
    }

    private static HeaderValue of(String text) {
        var parts = split(text, ';');
        var parameters = new HashMap<String, String>();
        for (var part : parts.subList(1, parts.size())) {
            var pair = part.split("=", 2);
            if (pair.length == 2) parameters.putIfAbsent(lower(pair[0]), unquoted(pair[1].trim()));
        }
        return new HeaderValue(lower(parts.get(0)), parameters);
    }

    /** Whether no other encoding than UTF-8 is asked for. */
    boolean isUtf8() {
        return parameters.getOrDefault("charset", "utf-8").equalsIgnoreCase("utf-8");
    }

    private static String lower(String text) {
        return text.trim().toLowerCase(Locale.ROOT);
    }

    private static String unquoted(String text) {
        var isQuoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return isQuoted ? text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1") : text;
    }

    /** The parts between separators that stand outside of quotes. */
    private static List<String> split(String text, char separator) {
        var parts = new ArrayList<String>();
        var from = 0;
        var isQuoted = false;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '"') isQuoted = !isQuoted;
            else if (c == '\\' && isQuoted) i++;
            else if (c == separator && !isQuoted) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }
}
