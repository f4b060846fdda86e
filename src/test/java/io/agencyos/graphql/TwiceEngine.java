package io.agencyos.graphql;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.parser.ParserOptions;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLSchema;
import io.smallrye.mutiny.Multi;
import mutiny.zero.flow.adapters.AdaptersToFlow;
import mutiny.zero.flow.adapters.AdaptersToReactiveStreams;
import org.reactivestreams.Publisher;

/**
 * Runs each operation a second time, by graphql-java's own strategies and with the answers that the sources gave the
 * first time, and fails when the two results differ.
 */
@Alternative
@Priority(1)
@Singleton
class TwiceEngine extends Engine {

    /** What a test makes of the answers before the second run, to see that a difference is found. */
    static volatile UnaryOperator<Object> spoil = UnaryOperator.identity();

    private final StockExecution stock;

    TwiceEngine(
            GraphQLSchema schema,
            Wiring wiring,
            GraphqlConfig config,
            IntrospectionSwitch introspection,
            Broadcasts broadcasts) {
        super(schema, new TapedWiring(wiring), config, introspection, broadcasts);
        stock = new StockExecution(schema, TwiceEngine::fetch);
    }

    @Override
    CompletableFuture<ExecutionResult> execute(ExecutionInput input) {
        var tape = Tape.start();
        return super.execute(input).thenApply(result -> {
            Spent spent = input.getGraphQLContext().get(Spent.class);
            // nothing of it ran
            if (spent == null) return result;
            tape.read(spent.plan());
            return result.getData() instanceof Multi<?> ? result : checked(result, again(input, tape), input);
        });
    }

    /** An event is run a second time where it ran the first time, once for all who hear it. */
    @Override
    ExecutionResult heard(ExecutionInput input, ExecutionResult result) {
        var tape = Tape.current();
        var second = (Publisher<?>) again(input, tape).getData();
        var only =
                Multi.createFrom().publisher(AdaptersToFlow.publisher(second)).toUni();
        var checked = checked(
                result, (ExecutionResult) only.subscribeAsCompletionStage().getNow(null), input);
        tape.clear();
        return checked;
    }

    private ExecutionResult again(ExecutionInput input, Tape tape) {
        var second = ExecutionInput.newExecutionInput(input.getQuery())
                .operationName(input.getOperationName())
                .variables(input.getVariables())
                .graphQLContext(Map.of(
                        Tape.class,
                        tape,
                        ParserOptions.class,
                        input.getGraphQLContext().get(ParserOptions.class)))
                .build();
        return stock.execute(second).getNow(null);
    }

    private static ExecutionResult checked(ExecutionResult result, ExecutionResult second, ExecutionInput input) {
        var difference = second == null ? "The second run did not end" : Comparison.difference(result, second);
        Differences.count();
        if (difference == null) return result;
        var message = input.getQuery() + "\n" + input.getVariables() + difference;
        Differences.add(message);
        throw new IllegalStateException(message);
    }

    private static Object fetch(DataFetchingEnvironment environment) throws Exception {
        Tape tape = environment.getGraphQlContext().get(Tape.class);
        var field = tape.field(StockExecution.place(environment.getExecutionStepInfo()));
        if (field.source() instanceof FieldSource.Resolver resolver) checkArguments(resolver, tape, environment);
        var isEvent =
                environment.getParentType() == environment.getGraphQLSchema().getSubscriptionType();
        var value = isEvent ? tape.nextEvent() : tape.next(field.source(), environment.getSource());
        var told = StockExecution.told(spoil.apply(value), environment);
        return isEvent ? AdaptersToReactiveStreams.publisher(Multi.createFrom().item(told)) : told;
    }

    private static void checkArguments(FieldSource.Resolver resolver, Tape tape, DataFetchingEnvironment environment) {
        var given = resolver.arguments(environment.getArguments()).coerced();
        if (!Objects.equals(given, tape.arguments(resolver)))
            throw new IllegalStateException("asked with " + given + " instead of " + tape.arguments(resolver));
    }
}
