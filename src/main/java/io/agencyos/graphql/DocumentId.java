package io.agencyos.graphql;

import java.util.regex.Pattern;

import io.agencyos.db.Refusal;
import io.vertx.core.json.JsonObject;

/**
 * How a request names its document instead of, or besides, sending it: {@code documentId} of the GraphQL-over-HTTP
 * draft's appendix "Persisted Documents", or {@code extensions.persistedQuery} of Apollo's automatic persisted queries.
 */
final class DocumentId {

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final String PREFIX = "sha256:";

    private DocumentId() {}

    /**
     * The name: a SHA-256 in lower-case hexadecimal digits, or a custom identifier without a colon; null where there is
     * none.
     */
    static String of(JsonObject request) {
        var id = byDraft(request.getValue("documentId"));
        var extensions = request.getJsonObject("extensions");
        var hash = extensions == null ? null : byApollo(extensions.getValue("persistedQuery"));
        if (id != null && hash != null && !id.equals(hash))
            throw Refusal.invalid("documentId", "documentId and extensions.persistedQuery name two documents");
        return id == null ? hash : id;
    }

    private static String byDraft(Object id) {
        if (id == null || "".equals(id)) return null;
        if (!(id instanceof String text)) throw Refusal.invalid("documentId", "documentId must be a string");
        if (!text.contains(":")) return text;
        if (!text.startsWith(PREFIX)
                || !SHA_256.matcher(text.substring(PREFIX.length())).matches())
            throw Refusal.invalid("documentId", "documentId must be sha256: and 64 lower-case hexadecimal digits");
        return text.substring(PREFIX.length());
    }

    private static String byApollo(Object persisted) {
        if (persisted == null) return null;
        if (!(persisted instanceof JsonObject object)
                || !Integer.valueOf(1).equals(object.getValue("version"))
                || !(object.getValue("sha256Hash") instanceof String hash)
                || !SHA_256.matcher(hash).matches())
            throw Refusal.invalid(
                    "extensions.persistedQuery",
                    "extensions.persistedQuery must have version 1 and a sha256Hash of 64 lower-case hexadecimal digits");
        return hash;
    }
}
