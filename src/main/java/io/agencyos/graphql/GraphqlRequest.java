package io.agencyos.graphql;

import java.io.StringReader;
import java.util.List;

import graphql.language.OperationDefinition;
import graphql.language.OperationDefinition.Operation;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import io.agencyos.db.ErrorCode;
import io.agencyos.db.Refusal;
import io.vertx.core.MultiMap;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;

/**
 * One operation as a client sent it, in the form of the GraphQL-over-HTTP draft.
 *
 * @param query the document
 * @param operationName which operation of it, or null
 * @param variables their values, or null
 */
record GraphqlRequest(String query, String operationName, JsonObject variables) {

    /** Deeper JSON than this makes the parsers behind us run out of stack. */
    private static final int DEEPEST = 200;

    /**
     * Reads a request from the JSON of an HTTP body or of a {@code subscribe} message.
     *
     * @throws Refusal VALIDATION_FAILED when it is no such thing
     */
    static GraphqlRequest of(String json) {
        checkDepth(json);
        try {
            return of(new JsonObject(json == null ? "" : json));
        } catch (DecodeException | ClassCastException e) {
            throw new Refusal(ErrorCode.VALIDATION_FAILED, "The body is not a JSON object");
        }
    }

    private static void checkDepth(String json) {
        if (json == null) return;
        var depth = 0;
        var quoted = false;
        for (var i = 0; i < json.length(); i++) {
            var c = json.charAt(i);
            if (c == '\\') i++;
            else if (c == '"') quoted = !quoted;
            else if (!quoted && (c == '{' || c == '[') && ++depth > DEEPEST)
                throw new Refusal(ErrorCode.LIMIT_EXCEEDED, "JSON may be " + DEEPEST + " levels deep");
            else if (!quoted && (c == '}' || c == ']')) depth--;
        }
    }

    static GraphqlRequest of(JsonObject json) {
        if (json == null || !(json.getValue("query") instanceof String query) || query.isBlank())
            throw Refusal.invalid("query", "query must be a string");
        if (json.getValue("operationName") != null && !(json.getValue("operationName") instanceof String))
            throw Refusal.invalid("operationName", "operationName must be a string");
        if (json.getValue("variables") != null && !(json.getValue("variables") instanceof JsonObject))
            throw Refusal.invalid("variables", "variables must be an object");
        if (json.getValue("extensions") != null && !(json.getValue("extensions") instanceof JsonObject))
            throw Refusal.invalid("extensions", "extensions must be an object");
        var name = json.getString("operationName");
        // graphql-java takes an empty name for none, and so do we
        return new GraphqlRequest(query, name == null || name.isEmpty() ? null : name, json.getJsonObject("variables"));
    }

    /** Reads a request from the parameters of a URL. */
    static GraphqlRequest of(MultiMap parameters) {
        var json = new JsonObject()
                .put("query", parameters.get("query"))
                .put("operationName", parameters.get("operationName"));
        try {
            for (var part : List.of("variables", "extensions"))
                if (parameters.contains(part)) json.put(part, Json.decodeValue(parameters.get(part)));
            return of(json);
        } catch (DecodeException e) {
            throw new Refusal(ErrorCode.VALIDATION_FAILED, "variables and extensions must be JSON");
        }
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

    /** The same in the form that SmallRye's execution reads. */
    jakarta.json.JsonObject forExecution() {
        var input = new JsonObject().put("query", query);
        if (operationName != null) input.put("operationName", operationName);
        if (variables != null) input.put("variables", variables);
        try (var reader = jakarta.json.Json.createReader(new StringReader(input.encode()))) {
            return reader.readObject();
        }
    }
}
