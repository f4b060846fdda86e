package io.agencyos.graphql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.json.JsonValue;

import graphql.ExecutionResult;
import io.agencyos.db.ErrorCode;
import io.smallrye.mutiny.Multi;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import mutiny.zero.flow.adapters.AdaptersToFlow;
import org.reactivestreams.Publisher;

/** Results in the form of the GraphQL specification, section 7. */
final class Answers {

    private Answers() {}

    static JsonObject of(ExecutionResult result) {
        var answer = new LinkedHashMap<String, Object>();
        if (!result.getErrors().isEmpty()) answer.put("errors", Errors.of(result.getErrors()));
        if (result.isDataPresent()) answer.put("data", plain(result.getData()));
        return new JsonObject(answer);
    }

    /** The results of an operation one after the other: many of a subscription, one of anything else. */
    @SuppressWarnings("unchecked")
    static Multi<JsonObject> stream(Operations.Outcome outcome) {
        var result = outcome.result();
        if (!isStream(result)) return Multi.createFrom().item(result).map(Answers::of);
        var stream = (Publisher<ExecutionResult>) result.getData();
        return Multi.createFrom()
                .publisher(AdaptersToFlow.publisher(stream))
                .map(Answers::of)
                .onCompletion()
                .switchTo(() -> ended(outcome.failure().reason()));
    }

    private static Multi<JsonObject> ended(Throwable reason) {
        return reason == null ? Multi.createFrom().empty() : Multi.createFrom().failure(reason);
    }

    /** Whether a result is a subscription's stream. */
    static boolean isStream(ExecutionResult result) {
        return result.getData() instanceof Publisher<?>;
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

    /** The code of the first error of an answer that has errors. */
    static ErrorCode firstCode(JsonObject answer) {
        var first = answer.getJsonArray("errors").getJsonObject(0);
        return ErrorCode.valueOf(first.getJsonObject("extensions").getString("code"));
    }
}
