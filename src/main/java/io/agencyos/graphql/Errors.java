package io.agencyos.graphql;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import graphql.ErrorClassification;
import graphql.ErrorType;
import graphql.ExceptionWhileDataFetching;
import graphql.GraphQLError;
import graphql.SerializationError;
import graphql.introspection.IntrospectionDisabledError;
import io.agencyos.db.DatabaseAway;
import io.agencyos.db.ErrorCode;
import io.agencyos.db.Refusal;
import io.agencyos.security.Unauthenticated;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.vertx.core.http.HttpClosedException;
import org.jboss.logging.Logger;

/** Every error as the contract has it: a message for people, a code for programs, and nothing of our inside. */
final class Errors {

    /** The metric of those that are our own fault: most of them are answered with 200, or over a websocket. */
    static final String METER = "agency.errors";

    private static final Logger LOG = Logger.getLogger(Errors.class);
    private static final Counter OURS = Metrics.counter(METER);

    /** How graphql-java's words name what is wrong, the nearest first. */
    private static final List<Pattern> NAMES = Stream.of(
                    "contains a field name '(\\w+)' that is not defined",
                    "contains a field not in '\\w+': '(\\w+)'",
                    "is missing required fields '\\[(\\w+)",
                    "argument '(?:input\\.)?([\\w.\\[\\]]+)'",
                    "Variable '(\\w+)'")
            .map(Pattern::compile)
            .toList();

    private Errors() {}

    /** The GraphQL errors of an execution, in the form that goes to the client. */
    static List<Map<String, Object>> of(List<GraphQLError> errors) {
        return errors.stream().map(Errors::of).toList();
    }

    private static Map<String, Object> of(GraphQLError error) {
        var written = error instanceof ExceptionWhileDataFetching failed
                ? of(failed.getException())
                : error instanceof SerializationError unfit
                        ? internal(unfit.getException())
                        : of(error, error.getErrorType());
        if (error.getPath() != null) written.put("path", error.getPath());
        if (error.getLocations() != null && !error.getLocations().isEmpty())
            written.put(
                    "locations",
                    error.getLocations().stream()
                            .map(l -> Map.of("line", l.getLine(), "column", l.getColumn()))
                            .toList());
        return written;
    }

    /** A failure outside of any field. */
    static Map<String, Object> of(Throwable failure) {
        var cause = cause(failure);
        if (cause instanceof Refusal refusal) return written(refusal.getMessage(), refusal.code(), refusal.details());
        if (cause instanceof GraphQLError wrong) return of(wrong, wrong.getErrorType());
        if (cause instanceof Unauthenticated) return written(cause.getMessage(), ErrorCode.UNAUTHENTICATED, Map.of());
        return internal(cause);
    }

    /** Whether a write failed because the client has gone: no error of anybody's, and nobody is left to tell. */
    static boolean isHangup(Throwable failure) {
        var message = String.valueOf(failure.getMessage());
        return failure instanceof ClosedChannelException
                || failure instanceof HttpClosedException
                || failure instanceof IOException
                        && (message.contains("Broken pipe") || message.contains("Connection reset"));
    }

    /** Wrong before anything ran (syntax, validation, coercion), or an argument that could not become a value. */
    private static Map<String, Object> of(GraphQLError error, ErrorClassification kind) {
        if (kind == ErrorType.ExecutionAborted) return written(error.getMessage(), ErrorCode.LIMIT_EXCEEDED, Map.of());
        if (kind == ErrorType.NullValueInNonNullableField)
            return internal(new IllegalStateException(error.getMessage()));
        if (error.getMessage().contains("parsing has been cancelled"))
            return written("The document is too long", ErrorCode.LIMIT_EXCEEDED, Map.of("field", "query"));
        if (error instanceof IntrospectionDisabledError)
            return written("Introspection is switched off here", ErrorCode.FORBIDDEN, Map.of());
        return written(error.getMessage(), ErrorCode.VALIDATION_FAILED, field(error));
    }

    private static Map<String, Object> field(GraphQLError error) {
        var named = NAMES.stream()
                .map(pattern -> pattern.matcher(error.getMessage()))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst();
        return named.<Map<String, Object>>map(name -> Map.of("field", name)).orElse(Map.of());
    }

    private static Map<String, Object> internal(Throwable failure) {
        var id = UUID.randomUUID().toString();
        OURS.increment();
        DatabaseAway.log(LOG, "Internal error " + id, failure);
        return written("Something went wrong on our side", ErrorCode.INTERNAL, Map.of("id", id));
    }

    private static Throwable cause(Throwable failure) {
        var wrapped = failure.getCause() != null && !(failure instanceof Refusal);
        var isWrapper = failure instanceof CompletionException
                || failure instanceof ExecutionException
                || failure.getClass().getName().startsWith("io.smallrye.graphql");
        return wrapped && isWrapper ? cause(failure.getCause()) : failure;
    }

    private static Map<String, Object> written(String message, ErrorCode code, Map<String, Object> details) {
        var extensions = new LinkedHashMap<String, Object>();
        extensions.put("code", code.name());
        details.forEach((key, value) -> {
            if (value != null) extensions.put(key, value);
        });
        var error = new LinkedHashMap<String, Object>();
        error.put("message", message);
        error.put("extensions", extensions);
        return error;
    }
}
