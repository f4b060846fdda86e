package io.agencyos.graphql;

import java.util.Arrays;
import java.util.Locale;

/** What an answer can be written as (GraphQL-over-HTTP draft, section 4; graphql-sse for streams). */
enum MediaType {
    /** Tells by its status whether the operation could be executed. */
    RESPONSE("application/graphql-response+json"),
    /** The older form: whatever is well-formed is answered with 200. */
    JSON("application/json"),
    /** Server-sent events: one event a result. */
    EVENTS("text/event-stream");

    private final String type;

    MediaType(String type) {
        this.type = type;
    }

    /** The first type of an {@code Accept} header that we write, or null when we write none of them. */
    static MediaType accepted(String header) {
        if (header == null || header.isBlank()) return JSON;
        return Arrays.stream(header.toLowerCase(Locale.ROOT).split(","))
                .map(range -> named(range.split(";")[0].trim()))
                .filter(type -> type != null)
                .findFirst()
                .orElse(null);
    }

    private static MediaType named(String range) {
        if (range.equals("*/*") || range.equals("application/*")) return JSON;
        return Arrays.stream(values())
                .filter(t -> t.type.equals(range))
                .findFirst()
                .orElse(null);
    }

    /** The value of the answer's {@code Content-Type}. */
    String header() {
        return type + "; charset=utf-8";
    }
}
