package io.agencyos.graphql;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** What an answer can be written as (GraphQL-over-HTTP draft, "Media Types"; graphql-sse for streams). */
enum MediaType {
    /** The older form: whatever is well-formed is answered with 200. */
    JSON("application/json"),
    /** Tells by its status whether the operation could be executed. */
    RESPONSE("application/graphql-response+json"),
    /** Server-sent events: one event a result. */
    EVENTS("text/event-stream");

    /** Few clients have an {@code Accept} header of their own. */
    private static final Cache<List<String>, Optional<MediaType>> ACCEPTED =
            Caffeine.newBuilder().maximumSize(256).build();

    private final String type;

    MediaType(String type) {
        this.type = type;
    }

    /**
     * The type that a client likes best, by RFC 9110, section 12.5.1: the most specific range that covers a type gives
     * its weight. Among equals the one that the client named first is taken, or else the first of ours.
     *
     * @param headers the lines of the {@code Accept} header
     * @return the type, or null when none of ours is acceptable
     */
    static MediaType accepted(List<String> headers) {
        if (headers.isEmpty()) return JSON;
        return ACCEPTED.get(headers, MediaType::best).orElse(null);
    }

    private static Optional<MediaType> best(List<String> headers) {
        var ranges = HeaderValue.all(headers);
        if (ranges.isEmpty()) return Optional.of(JSON);
        return List.of(values()).stream()
                .flatMap(type -> type.offer(ranges).stream())
                .max(Comparator.comparingDouble(Offer::weight)
                        .thenComparing(Offer::place, Comparator.reverseOrder())
                        .thenComparing(Offer::type, Comparator.reverseOrder()))
                .map(Offer::type);
    }

    private record Offer(MediaType type, double weight, int place) {}

    private Optional<Offer> offer(List<HeaderValue> ranges) {
        return ranges.stream()
                .filter(this::isCoveredBy)
                .max(Comparator.comparingInt(MediaType::specificity))
                .map(range -> new Offer(this, weight(range), ranges.indexOf(range)))
                .filter(offer -> offer.weight > 0);
    }

    private boolean isCoveredBy(HeaderValue range) {
        var name = range.name();
        var group = type.substring(0, type.indexOf('/'));
        return range.isUtf8() && (name.equals(type) || name.equals("*/*") || name.equals(group + "/*"));
    }

    private static int specificity(HeaderValue range) {
        if (range.name().equals("*/*")) return 0;
        return range.name().endsWith("/*") ? 1 : 2;
    }

    /** From 0, which is not acceptable, to 1; what is no weight weighs as if it were not there. */
    private static double weight(HeaderValue range) {
        var q = range.parameters().getOrDefault("q", "1");
        return q.matches("0(\\.\\d{0,3})?|1(\\.0{0,3})?") ? Double.parseDouble(q) : 1;
    }

    /** Whether a request's body may be of the type that its {@code Content-Type} lines name. */
    static boolean isReadable(List<String> headers) {
        if (headers.size() == 1 && headers.get(0).equals(JSON.type)) return true;
        var types = HeaderValue.all(headers);
        return types.size() == 1
                && types.get(0).name().equals(JSON.type)
                && types.get(0).isUtf8();
    }

    /** The value of the answer's {@code Content-Type}. */
    String header() {
        return type + "; charset=utf-8";
    }
}
