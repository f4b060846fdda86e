package io.agencyos.graphql;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;

import jakarta.json.JsonValue;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import graphql.ErrorType;
import graphql.ExceptionWhileDataFetching;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.SerializationError;
import graphql.TypeMismatchError;
import graphql.UnresolvedTypeError;
import graphql.execution.UnresolvedTypeException;

/** Whether our execution and graphql-java's own answer the same. */
final class Comparison {

    private static final ObjectMapper JSON =
            new ObjectMapper().registerModule(new SimpleModule().addSerializer(JsonValue.class, new AsItStands()));

    private Comparison() {}

    /** In what they differ, or null when they do not. */
    static String difference(ExecutionResult ours, ExecutionResult stock) {
        var same = text(ours).equals(text(stock));
        var data = same ? text(ours) : data(ours);
        var expected = same ? data : data(stock);
        if (!data.equals(expected)) return "\nour data      " + data + "\nthe stock's   " + expected;
        var errors = errors(ours);
        var expectedErrors = errors(stock);
        if (errors.equals(expectedErrors)) return null;
        return "\nour errors    " + errors + "\nthe stock's   " + expectedErrors + "\nof the data   " + data;
    }

    /** The data as text, its keys in their order. */
    static String data(ExecutionResult result) {
        try {
            return JSON.writeValueAsString(JSON.readValue(text(result), Object.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(ExecutionResult result) {
        if (result.getData() instanceof BreadthFirst.Data written)
            return written.json().toString();
        try {
            return JSON.writeValueAsString(result.<Object>getData());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Each error's path and kind. */
    static List<String> errors(ExecutionResult result) {
        return result.getErrors().stream()
                .map(error -> error.getPath() + " " + kind(error))
                .sorted()
                .toList();
    }

    private static String kind(GraphQLError error) {
        if (error instanceof SerializationError) return "is no value of its type";
        if (error instanceof TypeMismatchError) return "is no list";
        if (error instanceof UnresolvedTypeError) return "is of no type";
        if (error.getErrorType() == ErrorType.NullValueInNonNullableField) return "may not be null";
        if (error instanceof ExceptionWhileDataFetching failed) return kind(failed, failed.getException());
        return error.getMessage() + error.getLocations();
    }

    private static String kind(ExceptionWhileDataFetching error, Throwable cause) {
        if (cause instanceof CompletionException) return kind(error, cause.getCause());
        if (cause instanceof UnresolvedTypeException) return "is of no type";
        if (String.valueOf(cause.getMessage()).endsWith("is no list")) return "is no list";
        return cause + " " + error.getLocations();
    }

    private static final class AsItStands extends JsonSerializer<JsonValue> {
        @Override
        public void serialize(JsonValue value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeRawValue(value.toString());
        }
    }
}
