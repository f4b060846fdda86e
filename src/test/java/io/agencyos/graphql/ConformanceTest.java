package io.agencyos.graphql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
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
import graphql.execution.ExecutionStepInfo;
import graphql.execution.SubscriptionExecutionStrategy;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.parser.Parser;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.validation.Validator;
import io.smallrye.mutiny.Multi;
import mutiny.zero.flow.adapters.AdaptersToFlow;
import mutiny.zero.flow.adapters.AdaptersToReactiveStreams;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Our execution answers what graphql-java's own answers, whatever is asked and whatever goes wrong. */
class ConformanceTest {

    private static final int OPERATIONS = 2000;
    private static final int[] TROUBLE = {0, 0, 10, 30, 100};

    private final GraphQLSchema schema = ConformanceSchema.make();
    private final ConformanceWiring wiring = new ConformanceWiring();
    private final Set<String> instances = new HashSet<>();
    private final StockExecution stock = new StockExecution(schema, this::fetch);
    private final GraphQL ours = ours();

    private GraphQL ours() {
        var strategy = new BreadthFirst(wiring, DocumentLimits.NONE);
        var documents = new ConcurrentHashMap<String, PreparsedDocumentEntry>();
        return GraphQL.newGraphQL(schema)
                .queryExecutionStrategy(strategy)
                .mutationExecutionStrategy(strategy)
                .subscriptionExecutionStrategy(strategy)
                .preparsedDocumentProvider((input, parse) ->
                        completedFuture(documents.computeIfAbsent(input.getQuery(), x -> parse.apply(input))))
                .build();
    }

    @Test
    void whateverIsAskedTheAnswersAreTheSame() {
        var compared = 0;
        for (var seed = 1L; compared < OPERATIONS; seed++) {
            var operation = new OperationGenerator(schema, seed);
            var document = operation.document();
            if (!valid(document)) continue;
            compared++;
            var first = operation.variables();
            for (var variables : List.of(first, operation.variables(), first)) compare(document, variables, seed);
        }
    }

    private boolean valid(String document) {
        // graphql-java lets pass whatever stands about the schema further down; we check it as at the root
        var deepIntrospection = document.contains("{ name") && document.matches("(?s).*[rp]Query\\d.*");
        return !deepIntrospection
                && new Validator()
                        .validateDocument(schema, Parser.parse(document), Locale.ENGLISH)
                        .isEmpty();
    }

    private void compare(String document, Map<String, Object> variables, long seed) {
        var trouble = TROUBLE[(int) (seed % TROUBLE.length)];
        var about = "seed " + seed + "\n" + document + "\n" + variables;
        instances.clear();
        var expected = results(about, seed, trouble, () -> stock.execute(input(document, variables)));
        var order = roots(wiring.calls());
        var answered = results(about, seed, trouble, () -> ours.executeAsync(input(document, variables)));
        assertEquals(expected.size(), answered.size(), about);
        for (var i = 0; i < expected.size(); i++) {
            var difference = Comparison.difference(answered.get(i), expected.get(i));
            assertNull(difference, () -> about + difference);
        }
        if (expected.size() == 1) assertEquals(instances.size(), wiring.calls().size(), () -> about + wiring.calls());
        if (document.contains("mutation It")) assertEquals(order, roots(wiring.calls()), about);
    }

    /** The mutations in the order in which they began. */
    private static List<String> roots(List<String> calls) {
        return calls.stream().filter(call -> call.startsWith("Mutation.")).toList();
    }

    private static ExecutionInput input(String document, Map<String, Object> variables) {
        return ExecutionInput.newExecutionInput(document)
                .operationName("It")
                .variables(variables)
                .graphQLContext(Map.of(SubscriptionExecutionStrategy.KEEP_SUBSCRIPTION_EVENTS_ORDERED, true))
                .build();
    }

    /** What an operation comes to: one result, or one for each event. */
    private List<ExecutionResult> results(
            String about, long seed, int trouble, Supplier<CompletableFuture<ExecutionResult>> execute) {
        wiring.reset(seed, trouble);
        try {
            var future = execute.get();
            wiring.release();
            var result = future.getNow(null);
            return result.getData() instanceof Publisher<?> || result.getData() instanceof Multi<?>
                    ? events(result.getData())
                    : List.of(result);
        } catch (RuntimeException e) {
            // what graphql-java looks at before it introspects fails with the first argument that does
            if (e.getCause() instanceof GraphQLException failure) return List.of(failed(failure));
            throw new AssertionError(about, e);
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
        wiring.release();
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
        instances.add(place(environment.getExecutionStepInfo()));
        return resolver.values(Collections.singletonList(environment.getSource()), arguments)
                .map(values -> only(values, environment))
                .subscribeAsCompletionStage();
    }

    /** The keys on the way to a field, with the types that they belong to: what is one field instance to us. */
    private static String place(ExecutionStepInfo info) {
        if (info.getPath().isRootPath()) return "";
        var above = place(info.getParent());
        return info.getPath().isListSegment()
                ? above
                : above + "/" + info.getObjectType().getName() + "." + info.getResultKey();
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
