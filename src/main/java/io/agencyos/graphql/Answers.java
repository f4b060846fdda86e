package io.agencyos.graphql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.json.JsonValue;

import graphql.ExecutionResult;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;

/** Results in the form of the GraphQL specification, section 7. */
final class Answers {

    private Answers() {}

    static JsonObject of(ExecutionResult result) {
        var answer = new LinkedHashMap<String, Object>();
        if (!result.getErrors().isEmpty()) answer.put("errors", Errors.of(result.getErrors()));
        if (result.isDataPresent()) answer.put("data", plain(result.getData()));
        return new JsonObject(answer);
    }

    /** JSON columns are values of Jakarta JSON, which the writer does not know. */
    private static Object plain(Object value) {
        if (value instanceof JsonValue json) return Json.decodeValue(json.toString());
        if (value instanceof List<?> list)
            return list.stream().map(Answers::plain).toList();
        if (!(value instanceof Map<?, ?> map)) return value;
        var plain = new LinkedHashMap<String, Object>();
        map.forEach((key, nested) -> plain.put((String) key, plain(nested)));
        return plain;
    }

    /** A request that came to nothing. */
    static JsonObject of(Throwable failure) {
        return new JsonObject(Map.of("errors", List.of(Errors.of(failure))));
    }

    /** The code of the first error, or null when there is none. */
    static String firstCode(JsonObject answer) {
        var errors = answer.getJsonArray("errors");
        return errors == null
                ? null
                : errors.getJsonObject(0).getJsonObject("extensions").getString("code");
    }
}
