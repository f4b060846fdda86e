package io.agencyos.graphql;

import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.agencyos.db.ErrorCode;
import io.agencyos.db.Refusal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * The header {@code Idempotency-Key} of draft-ietf-httpapi-idempotency-key-header-07, and what it stands for. The draft
 * wants the key in quotes (a string of RFC 9651); without them it means the same.
 *
 * @param text the key: 1 to 255 printable ASCII characters
 * @param hash SHA-256 of the document, the operation's name and the variables, in hexadecimal digits
 */
record IdempotencyKey(String text, String hash) {

    static final String HEADER = "Idempotency-Key";

    private static final Pattern PRINTABLE = Pattern.compile("[ -~]{1,255}");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\[\"\\\\])*)\"");

    /**
     * The key of a request.
     *
     * @param headers all headers of this name, not none
     * @throws Refusal VALIDATION_FAILED when there are several, or it is no key
     */
    static IdempotencyKey of(List<String> headers, GraphqlRequest request) {
        var quoted = QUOTED.matcher(headers.get(0));
        var text = quoted.matches() ? quoted.group(1).replaceAll("\\\\(.)", "$1") : headers.get(0);
        if (headers.size() > 1 || !PRINTABLE.matcher(text).matches())
            throw new Refusal(
                    ErrorCode.VALIDATION_FAILED, HEADER + " must be one text of 1 to 255 printable ASCII characters");
        return new IdempotencyKey(text, hash(request));
    }

    private static String hash(GraphqlRequest request) {
        var parts = new JsonArray().add(request.query()).add(request.operationName());
        if (request.variables() != null && !request.variables().isEmpty()) parts.add(sorted(request.variables()));
        return Digest.sha256(parts.encode());
    }

    /** In which order a client happens to write an object's entries makes it no other object. */
    private static Object sorted(Object value) {
        if (value instanceof JsonArray array)
            return new JsonArray(array.stream().map(IdempotencyKey::sorted).toList());
        if (!(value instanceof JsonObject object)) return value;
        var entries = new TreeMap<String, Object>();
        object.forEach(entry -> entries.put(entry.getKey(), sorted(entry.getValue())));
        return new JsonObject(entries);
    }
}
