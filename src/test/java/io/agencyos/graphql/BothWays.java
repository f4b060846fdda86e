package io.agencyos.graphql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.ExecutionResultImpl;
import graphql.GraphQL;
import graphql.GraphQLException;
import graphql.GraphqlErrorBuilder;
import graphql.execution.SubscriptionExecutionStrategy;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import io.smallrye.mutiny.Multi;
import mutiny.zero.flow.adapters.AdaptersToFlow;
import mutiny.zero.flow.adapters.AdaptersToReactiveStreams;
import org.reactivestreams.Publisher;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** One schema, executed by us and by graphql-java's own strategies, with the same sources. */
final class BothWays {

    private final GraphQLSchema schema;
    private final Wiring wiring;
    private final Runnable release;
    private final Set<String> instances = new HashSet<>();
    private final StockExecution stock;
    private final GraphQL ours;

    /**
     * Executes {@code schema}.
     *
     * @param release lets the sources answer that have not done so by then
     */
    BothWays(GraphQLSchema schema, Wiring wiring, Runnable release) {
        this.schema = schema;
        this.wiring = wiring;
        this.release = release;
        this.stock = new StockExecution(schema, this::fetch);
        this.ours = ours();
    }

    private GraphQL ours() {
        var strategy = new BreadthFirst(wiring, DocumentLimits.NONE, null, (input, result) -> result);
        var documents = new ConcurrentHashMap<String, PreparsedDocumentEntry>();
        return GraphQL.newGraphQL(schema)
                .queryExecutionStrategy(strategy)
                .mutationExecutionStrategy(strategy)
                .subscriptionExecutionStrategy(strategy)
                .preparsedDocumentProvider((input, parse) ->
                        completedFuture(documents.computeIfAbsent(input.getQuery(), x -> parse.apply(input))))
                .build();
    }

    /** What our execution comes to: one result, or one for each event. */
    List<ExecutionResult> ours(String document, Map<String, Object> variables) {
        return results(() -> ours.executeAsync(input(document, variables)));
    }

    /** What graphql-java comes to. */
    List<ExecutionResult> stock(String document, Map<String, Object> variables) {
        instances.clear();
        return results(() -> stock.execute(input(document, variables)));
    }

    /** How many field instances were resolved in the last run of graphql-java. */
    int instances() {
        return instances.size();
    }

    private static ExecutionInput input(String document, Map<String, Object> variables) {
        return ExecutionInput.newExecutionInput(document)
                .operationName("It")
                .variables(variables)
                .graphQLContext(Map.of(SubscriptionExecutionStrategy.KEEP_SUBSCRIPTION_EVENTS_ORDERED, true))
                .build();
    }

    /** What an operation comes to: one result, or one for each event. */
    private List<ExecutionResult> results(Supplier<CompletableFuture<ExecutionResult>> execute) {
        try {
            var future = execute.get();
            release.run();
            var result = future.getNow(null);
            return result.getData() instanceof Publisher<?> || result.getData() instanceof Multi<?>
                    ? events(result.getData())
                    : List.of(result);
        } catch (RuntimeException e) {
            // what graphql-java looks at before it introspects fails with the first argument that does
            if (e.getCause() instanceof GraphQLException failure) return List.of(failed(failure));
            throw e;
        }
    }

    private static ExecutionResult failed(GraphQLException failure) {
        var error = GraphqlErrorBuilder.newError().message(failure.getMessage()).build();
        return new ExecutionResultImpl(error);
    }

    @SuppressWarnings("unchecked")
    private List<ExecutionResult> events(Object data) {
        var publisher = data instanceof Multi<?> multi ? multi : AdaptersToFlow.publisher((Publisher<?>) data);
        var results = new ArrayList<ExecutionResult>();
        var end = new CompletableFuture<Void>();
        Multi.createFrom()
                .publisher((Flow.Publisher<ExecutionResult>) publisher)
                .subscribe()
                .with(results::add, end::completeExceptionally, () -> end.complete(null));
        release.run();
        assertTrue(end.isDone());
        end.join();
        return results;
    }

    private Object fetch(DataFetchingEnvironment environment) throws Exception {
        var parent = (GraphQLObjectType) environment.getParentType();
        var source = wiring.source(parent, environment.getFieldDefinition());
        if (source instanceof FieldSource.Property property)
            return StockExecution.told(property.of(environment.getSource()), environment);
        var resolver = (FieldSource.Resolver) source;
        var arguments = resolver.arguments(environment.getArguments());
        if (parent == schema.getSubscriptionType())
            return AdaptersToReactiveStreams.publisher(
                    resolver.events(arguments).map(event -> told(event, environment)));
        instances.add(StockExecution.place(environment.getExecutionStepInfo()));
        return resolver.values(Collections.singletonList(environment.getSource()), arguments)
                .map(values -> only(values, environment))
                .subscribeAsCompletionStage();
    }

    private static Object only(List<?> values, DataFetchingEnvironment environment) {
        var name = environment.getFieldDefinition().getName();
        if (values == null || values.size() != 1)
            throw new IllegalStateException(name + " was not answered for each parent");
        return told(values.get(0), environment);
    }

    private static Object told(Object value, DataFetchingEnvironment environment) {
        try {
            return StockExecution.told(value, environment);
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }
}
