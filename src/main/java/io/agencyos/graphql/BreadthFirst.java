package io.agencyos.graphql;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

import graphql.ExceptionWhileDataFetching;
import graphql.ExecutionResult;
import graphql.ExecutionResultImpl;
import graphql.execution.AsyncExecutionStrategy;
import graphql.execution.ExecutionContext;
import graphql.execution.ExecutionStrategy;
import graphql.execution.ExecutionStrategyParameters;
import graphql.execution.ResultPath;
import graphql.schema.GraphQLObjectType;
import io.agencyos.db.Units;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import static java.util.concurrent.CompletableFuture.completedFuture;

/**
 * Executes operations level by level: each field instance is resolved once for all its parents, and the answer is
 * written as bytes. It stands in graphql-java's three places for a strategy.
 */
final class BreadthFirst extends ExecutionStrategy {

    /** The data of a result, written; {@code present} is false when it came to null. */
    record Data(JsonWriter json, boolean present) {}

    private final ExecutionStrategy stock = new AsyncExecutionStrategy();
    private final Plans plans;
    private final DocumentLimits limits;

    BreadthFirst(Wiring wiring, DocumentLimits limits) {
        this.plans = new Plans(wiring, limits);
        this.limits = limits;
    }

    @Override
    public CompletableFuture<ExecutionResult> execute(
            ExecutionContext context, ExecutionStrategyParameters parameters) {
        var root = (GraphQLObjectType) parameters.getExecutionStepInfo().getUnwrappedNonNullType();
        var plan = plans.of(context, root, parameters.getFields());
        var run = new Run(plan, context);
        var cost = new Cost(run).of(plan.root());
        limits.checkCost(cost);
        context.getGraphQLContext().put(Spent.class, new Spent(cost, plan.depth(), plan.aliases()));
        return switch (context.getOperationDefinition().getOperation()) {
            case QUERY -> query(plan, run, parameters);
            case MUTATION -> mutation(plan, run, context);
            case SUBSCRIPTION -> subscription(plan, run, context);
        };
    }

    private CompletableFuture<ExecutionResult> query(Plan plan, Run run, ExecutionStrategyParameters parameters) {
        if (plan.introspection() == null) return resolved(plan, run);
        var about = parameters.transform(builder -> builder.fields(plan.introspection()));
        return stock.execute(run.execution(), about).thenCompose(result -> {
            if (!(result.getData() instanceof Map<?, ?> values)) return completedFuture(result);
            for (var field : plan.root().fields())
                if (field.source() instanceof FieldSource.Introspection) run.preset(field, values.get(field.key()));
            return resolved(plan, run);
        });
    }

    private CompletableFuture<ExecutionResult> resolved(Plan plan, Run run) {
        return run.resolve(plan.root().fields(), run.execution().getRoot()).thenApply(x -> written(plan, run));
    }

    private static ExecutionResult written(Plan plan, Run run) {
        var out = new JsonWriter();
        var present =
                new AnswerWriter(run, out).data(plan.root(), run.execution().getRoot());
        return new ExecutionResultImpl(new Data(out, present), run.execution().getErrors());
    }

    private CompletableFuture<ExecutionResult> mutation(Plan plan, Run run, ExecutionContext context) {
        var units = Units.current();
        if (units != null) units.allowWrites();
        return oneByOne(run, context.getRoot(), new ArrayDeque<>(plan.root().fields()))
                .thenApply(x -> written(plan, run));
    }

    /** Each mutation begins when all of the one before is done, what is read after its commit included. */
    private static CompletableFuture<Void> oneByOne(Run run, Object root, Queue<PlannedField> fields) {
        if (fields.isEmpty()) return completedFuture(null);
        return run.resolve(List.of(fields.remove()), root)
                .thenCompose(x -> endReads().subscribeAsCompletionStage())
                .thenCompose(x -> oneByOne(run, root, fields));
    }

    private static Uni<Void> endReads() {
        var units = Units.current();
        return units == null ? Uni.createFrom().voidItem() : units.end();
    }

    private CompletableFuture<ExecutionResult> subscription(Plan plan, Run run, ExecutionContext context) {
        var field = plan.root().fields().get(0);
        try {
            var events = ((FieldSource.Resolver) field.source()).events(run.arguments(field));
            Multi<ExecutionResult> results =
                    events.onItem().transformToUniAndConcatenate(event -> told(plan, field, event, context));
            return completedFuture(new ExecutionResultImpl(results, context.getErrors()));
        } catch (RuntimeException e) {
            var path = ResultPath.rootPath().segment(field.key());
            var place = field.merged().getSingleField().getSourceLocation();
            return completedFuture(new ExecutionResultImpl(new ExceptionWhileDataFetching(path, e, place)));
        }
    }

    private static Uni<ExecutionResult> told(Plan plan, PlannedField field, Object event, ExecutionContext context) {
        var run = new Run(plan, context.transform(builder -> builder.resetErrors()));
        return Uni.createFrom()
                .completionStage(() -> run.resolve(field, event))
                .map(x -> written(plan, run))
                .call(BreadthFirst::endReads);
    }
}
