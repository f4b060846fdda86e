package io.agencyos.graphql;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

import graphql.ExceptionWhileDataFetching;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.ExecutionResultImpl;
import graphql.execution.AsyncExecutionStrategy;
import graphql.execution.ExecutionContext;
import graphql.execution.ExecutionStepInfo;
import graphql.execution.ExecutionStrategy;
import graphql.execution.ExecutionStrategyParameters;
import graphql.execution.ResultPath;
import graphql.schema.GraphQLObjectType;
import io.agencyos.db.Units;
import io.agencyos.db.Wanted;
import io.agencyos.realtime.Changes;
import io.agencyos.security.CurrentActor;
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
    private final Broadcasts broadcasts;
    private final BiFunction<ExecutionInput, ExecutionResult, ExecutionResult> heard;

    BreadthFirst(
            Wiring wiring,
            DocumentLimits limits,
            Broadcasts broadcasts,
            BiFunction<ExecutionInput, ExecutionResult, ExecutionResult> heard) {
        this.plans = new Plans(wiring, limits);
        this.limits = limits;
        this.broadcasts = broadcasts;
        this.heard = heard;
    }

    @Override
    public CompletableFuture<ExecutionResult> execute(
            ExecutionContext context, ExecutionStrategyParameters parameters) {
        var root = (GraphQLObjectType) parameters.getExecutionStepInfo().getUnwrappedNonNullType();
        var plan = plans.of(context, root, parameters.getFields());
        var run = new Run(plan, context);
        var cost = new Cost(run).of(plan.root());
        limits.checkCost(cost);
        context.getGraphQLContext().put(Spent.class, new Spent(cost, plan, context.getOperationDefinition()));
        return plan.introspection() == null ? execute(plan, run) : introspect(plan, run, parameters);
    }

    /** What stands about the schema, wherever it stands, is asked of graphql-java as if it stood at the root. */
    private CompletableFuture<ExecutionResult> introspect(Plan plan, Run run, ExecutionStrategyParameters parameters) {
        var root = ExecutionStepInfo.newExecutionStepInfo()
                .type(run.execution().getGraphQLSchema().getQueryType())
                .path(ResultPath.rootPath())
                .build();
        var about = parameters.transform(
                builder -> builder.fields(plan.introspection()).executionStepInfo(root));
        return stock.execute(run.execution(), about).thenCompose(result -> {
            if (result.getData() == null) return completedFuture(result);
            run.introspected(result.getData());
            return execute(plan, run);
        });
    }

    private CompletableFuture<ExecutionResult> execute(Plan plan, Run run) {
        return switch (run.execution().getOperationDefinition().getOperation()) {
            case QUERY -> query(plan, run);
            case MUTATION -> mutation(plan, run);
            case SUBSCRIPTION -> subscription(plan, run);
        };
    }

    private CompletableFuture<ExecutionResult> query(Plan plan, Run run) {
        var units = Units.current();
        if (units != null) units.onlyReads(run.execution().getGraphQLContext().get(Engine.PLACE));
        return run.resolve(plan.root().fields(), run.execution().getRoot()).thenApply(x -> written(plan, run));
    }

    private static ExecutionResult written(Plan plan, Run run) {
        var out = plan.writer();
        var present =
                new AnswerWriter(run, out).data(plan.root(), run.execution().getRoot());
        plan.size().lazySet(out.position());
        return new ExecutionResultImpl(new Data(out, present), run.execution().getErrors());
    }

    private CompletableFuture<ExecutionResult> mutation(Plan plan, Run run) {
        var units = Units.current();
        if (units != null) units.allowWrites();
        return oneByOne(run, new ArrayDeque<>(plan.root().fields()), new JsonWriter())
                .thenApply(data -> new ExecutionResultImpl(data, run.execution().getErrors()));
    }

    /**
     * Each mutation begins when all of the one before is done, what is read after its commit included; none begins any
     * more when the one before has left no data that could tell of it.
     */
    private static CompletableFuture<Data> oneByOne(Run run, Queue<PlannedField> fields, JsonWriter out) {
        var first = out.position() == 0;
        if (fields.isEmpty()) return completedFuture(new Data(out.raw(first ? "{}" : "}"), true));
        out.raw(first ? '{' : ',');
        var field = fields.remove();
        var root = run.execution().getRoot();
        return run.resolve(List.of(field), root)
                .thenCompose(x -> endReads().subscribeAsCompletionStage())
                .thenCompose(x ->
                        new AnswerWriter(run, out).field(field, 0, root) ? oneByOne(run, fields, out) : nothing(out));
    }

    private static CompletableFuture<Data> nothing(JsonWriter out) {
        out.rewind(0);
        return completedFuture(new Data(out.nothing(), false));
    }

    private static Uni<Void> endReads() {
        var units = Units.current();
        return units == null ? Uni.createFrom().voidItem() : units.end();
    }

    private CompletableFuture<ExecutionResult> subscription(Plan plan, Run run) {
        var field = plan.root().fields().get(0);
        try {
            var arguments = run.arguments(field);
            var events = Wanted.during(field.wanted(), () -> ((FieldSource.Resolver) field.source()).events(arguments));
            Multi<ExecutionResult> results =
                    events.onItem().transformToMultiAndConcatenate(event -> heard(plan, run, field, event));
            return completedFuture(
                    new ExecutionResultImpl(results, run.execution().getErrors()));
        } catch (RuntimeException e) {
            var path = ResultPath.rootPath().segment(field.key());
            var place = field.merged().getSingleField().getSourceLocation();
            return completedFuture(new ExecutionResultImpl(new ExceptionWhileDataFetching(path, e, place)));
        }
    }

    private Multi<ExecutionResult> heard(Plan plan, Run run, PlannedField field, Object event) {
        if (!(event instanceof Changes<?> changes))
            return told(plan, run, field, event).call(BreadthFirst::endReads).toMulti();
        var viewer = CurrentActor.get();
        var key = SharedKey.of(run.execution(), plan, viewer);
        return broadcasts.follow(key, viewer, new Telling(changes, told -> told(plan, run, field, told)));
    }

    private Uni<ExecutionResult> told(Plan plan, Run subscribed, PlannedField field, Object event) {
        var run = new Run(plan, subscribed.execution().transform(builder -> builder.resetErrors()));
        run.introspected(subscribed.introspected());
        return Uni.createFrom()
                .completionStage(() -> run.resolve(field, event))
                .map(x -> heard.apply(run.execution().getExecutionInput(), written(plan, run)));
    }
}
