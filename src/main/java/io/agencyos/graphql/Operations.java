package io.agencyos.graphql;

import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import io.agencyos.db.Claim;
import io.agencyos.db.Db;
import io.agencyos.db.ErrorCode;
import io.agencyos.db.Refusal;
import io.agencyos.db.Units;
import io.agencyos.security.Actor;
import io.agencyos.security.CurrentActor;
import io.agencyos.telemetry.Tracing;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Runs GraphQL operations, whichever way they came in. */
@ApplicationScoped
class Operations {

    private final Engine engine;
    private final OperationTimes times;
    private final Db db;
    private final Vertx vertx;
    private final GraphqlConfig.Limits limits;

    Operations(Engine engine, OperationTimes times, Db db, Vertx vertx, GraphqlConfig config) {
        this.engine = engine;
        this.times = times;
        this.db = db;
        this.vertx = vertx;
        this.limits = config.limits();
    }

    /**
     * What an operation came to: the one or the other.
     *
     * @param answer the result of a query or a mutation, or why nothing was executed
     * @param events the results of a subscription
     */
    record Outcome(Answer answer, Multi<Answer> events) {

        boolean isStream() {
            return events != null;
        }

        /** The results one after the other. */
        Multi<Answer> answers() {
            return isStream() ? events : Multi.createFrom().item(answer);
        }
    }

    /**
     * Runs one operation as {@code actor} (null: nobody), in a Vert.x context of its own. Who cancels it gives up what
     * runs, down to the statement.
     */
    Uni<Outcome> run(GraphqlRequest request, Actor actor) {
        return run(request, actor, Claim.NONE);
    }

    /** Runs one operation whose first write claims an idempotency key. */
    Uni<Outcome> run(GraphqlRequest request, Actor actor, Claim claim) {
        return Uni.createFrom().emitter(emitter -> {
            var context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
            VertxContextSafetyToggle.setContextSafe(context, true);
            CurrentActor.set(context, actor);
            Claim.set(context, claim);
            Tracing.carry(context);
            context.runOnContext(x -> new Running(context, actor, emitter).execute(request));
        });
    }

    private final class Running {

        private final Context context;
        private final Actor actor;
        private final UniEmitter<? super Outcome> emitter;
        private final Units units;
        private final long timer;
        private final long since = System.nanoTime();
        private final OperationSpan span;
        private boolean over;

        Running(Context context, Actor actor, UniEmitter<? super Outcome> emitter) {
            this.context = context;
            this.actor = actor;
            this.emitter = emitter;
            this.units = db.units(context);
            this.span = OperationSpan.begin(context);
            this.timer = vertx.setTimer(limits.duration().toMillis(), x -> tooLong());
            emitter.onTermination(() -> context.runOnContext(x -> giveUp()));
        }

        void execute(GraphqlRequest request) {
            try {
                var input = engine.input(request);
                engine.execute(input)
                        .whenComplete((result, failure) -> onContext(() -> {
                            if (failure == null) answer(input, result);
                            else fail(failure);
                        }));
            } catch (RuntimeException e) {
                fail(e);
            }
        }

        private void onContext(Runnable task) {
            if (Vertx.currentContext() == context) task.run();
            else context.runOnContext(x -> task.run());
        }

        private void answer(ExecutionInput input, ExecutionResult result) {
            if (!finish()) return;
            endReads();
            var ok = result.getErrors().isEmpty();
            times.executed(input, ok, since);
            span.end(input, ok);
            if (actor == null || !units.isMutation() || !db.isReplicated())
                emitter.complete(outcome(input, result, null));
            else placed(input, result);
        }

        /**
         * What comes after the answer has to be able to see what was changed, whichever replica of the database it
         * asks.
         */
        private void placed(ExecutionInput input, ExecutionResult result) {
            db.changed(actor)
                    .subscribe()
                    .with(
                            place -> emitter.complete(outcome(input, result, place)),
                            unknown -> emitter.complete(outcome(input, result, null)));
        }

        private void fail(Throwable failure) {
            if (!finish()) return;
            endReads();
            span.end(null, false);
            emitter.fail(failure);
        }

        private void tooLong() {
            if (!finish()) return;
            units.cancel();
            span.end(null, false);
            emitter.fail(new Refusal(ErrorCode.LIMIT_EXCEEDED, "This took too long and was given up"));
        }

        private void giveUp() {
            if (!finish()) return;
            units.cancel();
            span.end(null, false);
        }

        private void endReads() {
            units.end().subscribe().with(x -> {}, x -> {});
        }

        /** False when it had finished before. */
        private boolean finish() {
            if (over) return false;
            over = true;
            vertx.cancelTimer(timer);
            return true;
        }

        @SuppressWarnings("unchecked")
        private Outcome outcome(ExecutionInput input, ExecutionResult result, String place) {
            if (result.getData() instanceof Multi<?> events) {
                var answers = ((Multi<ExecutionResult>) events)
                        .map(event -> event instanceof Told told ? told.answer() : Answer.of(event, null))
                        .onCancellation()
                        .invoke(() -> context.runOnContext(x -> units.cancel()));
                return new Outcome(null, answers);
            }
            return new Outcome(Answer.of(result, extensions(input, place)), null);
        }
    }

    /** What the operation takes, and of how much; the body's limit is in bytes, that of the duration in milliseconds. */
    private Map<String, Object> extensions(ExecutionInput input, String place) {
        Spent spent = input.getGraphQLContext().get(Spent.class);
        if (spent == null) return null;
        var cost = new LinkedHashMap<String, Object>();
        cost.put("requested", spent.cost());
        cost.put("limit", limits.cost());
        cost.put("depth", spent.plan().depth());
        cost.put("depthLimit", limits.depth());
        cost.put("aliases", spent.plan().aliases());
        cost.put("aliasLimit", limits.aliases());
        cost.put("tokenLimit", limits.tokens());
        cost.put("bodyLimit", limits.body().asLongValue());
        cost.put("durationLimit", limits.duration().toMillis());
        return place == null ? Map.of("cost", cost) : Map.of("cost", cost, "position", place);
    }
}
