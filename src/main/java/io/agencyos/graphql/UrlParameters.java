package io.agencyos.graphql;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.agencyos.db.ErrorCode;
import io.agencyos.db.Refusal;
import io.netty.handler.codec.http.QueryStringDecoder;

/**
 * The parameters of a URL as WHATWG's URLSearchParams writes them: UTF-8, percent-encoded, and a semicolon is a
 * character like others.
 */
final class UrlParameters {

    private static final int MOST = 100;

    private final Map<String, List<String>> values;

    private UrlParameters(Map<String, List<String>> values) {
        this.values = values;
    }

    /**
     * Reads those of a URL.
     *
     * @throws Refusal VALIDATION_FAILED when the encoding is broken
     */
    static UrlParameters of(String uri) {
        try {
            return new UrlParameters(
                    new QueryStringDecoder(uri, StandardCharsets.UTF_8, true, MOST, true).parameters());
        } catch (IllegalArgumentException e) {
            throw new Refusal(ErrorCode.VALIDATION_FAILED, "The URL is not encoded as it should be");
        }
    }

    /** The value, or null where there is none; the empty text is as good as none. */
    String only(String name) {
        var all = values.getOrDefault(name, List.of());
        if (all.size() > 1) throw Refusal.invalid(name, name + " may stand in the URL only once");
        return all.isEmpty() || all.get(0).isEmpty() ? null : all.get(0);
    }
}
