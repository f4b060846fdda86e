package io.agencyos.graphql;

import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import graphql.ExceptionWhileDataFetching;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.execution.AsyncExecutionStrategy;
import graphql.execution.AsyncSerialExecutionStrategy;
import graphql.execution.DataFetcherResult;
import graphql.execution.ExecutionStepInfo;
import graphql.execution.ResultPath;
import graphql.execution.SubscriptionExecutionStrategy;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationFieldFetchParameters;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLSchema;
import graphql.util.FpKit;

/** A schema executed by graphql-java's own strategies, with one data fetcher for all fields. */
final class StockExecution {

    private final GraphQL graphql;
    private final Map<String, PreparsedDocumentEntry> documents = new ConcurrentHashMap<>();

    StockExecution(GraphQLSchema schema, DataFetcher<?> fetcher) {
        graphql = GraphQL.newGraphQL(schema)
                .queryExecutionStrategy(new AsyncExecutionStrategy())
                .mutationExecutionStrategy(new AsyncSerialExecutionStrategy())
                .subscriptionExecutionStrategy(new SubscriptionExecutionStrategy())
                .instrumentation(new Fetching(fetcher))
                .preparsedDocumentProvider((input, parse) -> CompletableFuture.completedFuture(
                        documents.computeIfAbsent(input.getQuery(), x -> parse.apply(input))))
                .build();
    }

    CompletableFuture<ExecutionResult> execute(ExecutionInput input) {
        return graphql.executeAsync(input);
    }

    /** Puts the one fetcher in the place of all, but for those about the schema itself. */
    private static final class Fetching extends SimplePerformantInstrumentation {

        private final DataFetcher<?> fetcher;

        Fetching(DataFetcher<?> fetcher) {
            this.fetcher = fetcher;
        }

        @Override
        public DataFetcher<?> instrumentDataFetcher(
                DataFetcher<?> own, InstrumentationFieldFetchParameters parameters, InstrumentationState state) {
            var field = parameters.getEnvironment().getFieldDefinition().getName();
            var parent = parameters.getExecutionStepInfo().getObjectType().getName();
            return field.startsWith("__") || parent.startsWith("__") ? own : fetcher;
        }
    }

    /** What our execution means by {@code value}: a {@link Throwable}, also one within a list, is a failure. */
    static Object told(Object value, DataFetchingEnvironment environment) throws Exception {
        if (value instanceof Exception failure) throw failure;
        return marked(value, environment, environment.getExecutionStepInfo().getPath());
    }

    private static Object marked(Object value, DataFetchingEnvironment environment, ResultPath path) {
        if (value instanceof Optional<?> optional) return optional.map(inner -> marked(inner, environment, path));
        if (value instanceof Throwable failure) {
            var place = environment.getField().getSourceLocation();
            var error = new ExceptionWhileDataFetching(path, failure, place);
            return DataFetcherResult.newResult().error(error).build();
        }
        if (value == null || !FpKit.isIterable(value)) return value;
        var items = new ArrayList<>();
        for (var item : FpKit.toIterable(value)) items.add(marked(item, environment, path.segment(items.size())));
        return items;
    }

    /** The keys on the way to a field, with the types that they belong to: what is one field instance to us. */
    static String place(ExecutionStepInfo info) {
        if (info.getPath().isRootPath()) return "";
        var above = place(info.getParent());
        return info.getPath().isListSegment()
                ? above
                : above + "/" + info.getObjectType().getName() + "." + info.getResultKey();
    }
}
