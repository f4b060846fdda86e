package io.agencyos.graphql;

import java.util.List;
import java.util.regex.Pattern;

import graphql.language.OperationDefinition;
import graphql.language.OperationDefinition.Operation;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import io.agencyos.db.Refusal;
import io.vertx.core.json.JsonObject;

/**
 * One operation as a client sent it, in the form of the GraphQL-over-HTTP draft.
 *
 * @param query the document; null where only its name was sent
 * @param operationName which operation of it, or null
 * @param variables their values, or null
 * @param documentId the document's name, see {@link DocumentId}; null where it was sent without
 * @param place behind which place of the write-ahead log it has to be read, as a mutation's answer said; or null
 */
record GraphqlRequest(String query, String operationName, JsonObject variables, String documentId, String place) {

    private static final Pattern PLACE = Pattern.compile("[0-9A-F]{1,8}/[0-9A-F]{1,8}");
    private static final List<String> TEXTS = List.of("query", "documentId", "operationName");
    private static final List<String> MAPS = List.of("variables", "extensions");

    /**
     * Reads a request from the JSON of an HTTP body.
     *
     * @throws Refusal VALIDATION_FAILED when it is no such thing
     */
    static GraphqlRequest of(String json) {
        return of(StrictJson.object(json));
    }

    /** Reads a request from its JSON, which for a {@code subscribe} message is the payload. */
    static GraphqlRequest of(JsonObject json) {
        if (json == null) throw Refusal.invalid("query", "query must be a string");
        for (var map : MAPS)
            if (json.getValue(map) != null && !(json.getValue(map) instanceof JsonObject))
                throw Refusal.invalid(map, map + " must be an object");
        if (json.getValue("operationName") != null && !(json.getValue("operationName") instanceof String))
            throw Refusal.invalid("operationName", "operationName must be a string");
        var id = DocumentId.of(json);
        var name = json.getString("operationName");
        // graphql-java takes an empty name for none, and so do we
        return new GraphqlRequest(
                query(json, id),
                name == null || name.isEmpty() ? null : name,
                json.getJsonObject("variables"),
                id,
                place(json.getJsonObject("extensions")));
    }

    private static String place(JsonObject extensions) {
        var place = extensions == null ? null : extensions.getValue("position");
        if (place == null) return null;
        if (place instanceof String text && PLACE.matcher(text).matches()) return text;
        throw Refusal.invalid("extensions", "extensions.position must be what a mutation's answer said");
    }

    private static String query(JsonObject json, String id) {
        var query = json.getValue("query");
        var isMissing = query == null || query instanceof String text && text.isBlank();
        if (isMissing && id != null) return null;
        if (isMissing || !(query instanceof String)) throw Refusal.invalid("query", "query must be a string");
        return (String) query;
    }

    /** Reads a request from the parameters of a URL. */
    static GraphqlRequest of(UrlParameters parameters) {
        var json = new JsonObject();
        for (var text : TEXTS) json.put(text, parameters.only(text));
        for (var map : MAPS) {
            var text = parameters.only(map);
            if (text != null) json.put(map, StrictJson.value(text, map + " must be JSON"));
        }
        return of(json);
    }

    /** The same with its document. */
    GraphqlRequest with(String document) {
        return new GraphqlRequest(document, operationName, variables, documentId, place);
    }

    /** Whether the operation is of this kind; what cannot be parsed is of none. */
    boolean is(Operation kind) {
        try {
            return Parser.parse(query).getDefinitionsOfType(OperationDefinition.class).stream()
                    .filter(operation -> operationName == null || operationName.equals(operation.getName()))
                    .anyMatch(operation -> operation.getOperation() == kind);
        } catch (InvalidSyntaxException e) {
            return false;
        }
    }
}
