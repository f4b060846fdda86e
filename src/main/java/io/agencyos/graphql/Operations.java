package io.agencyos.graphql;

import java.util.HashMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import graphql.ExecutionResult;
import io.agencyos.db.Claim;
import io.agencyos.db.StreamFailure;
import io.agencyos.security.Actor;
import io.agencyos.security.CurrentActor;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.graphql.execution.ExecutionResponse;
import io.smallrye.graphql.execution.ExecutionResponseWriter;
import io.smallrye.graphql.execution.ExecutionService;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;

/** Runs GraphQL operations, whichever way they came in. */
@ApplicationScoped
class Operations {

    private final ExecutionService execution;
    private final IntrospectionSwitch introspection;
    private final Vertx vertx;

    Operations(ExecutionService execution, IntrospectionSwitch introspection, Vertx vertx) {
        this.execution = execution;
        this.introspection = introspection;
        this.vertx = vertx;
    }

    /**
     * What an operation came to.
     *
     * @param result its result; a subscription's data is the stream of its results
     * @param failure why the stream ended, once it has
     */
    record Outcome(ExecutionResult result, StreamFailure failure) {}

    /** Runs one operation as {@code actor} (null: nobody), in a Vert.x context of its own. */
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
            var failure = StreamFailure.on(context);
            context.runOnContext(x -> execute(request, new Answer(emitter, failure)));
        });
    }

    private void execute(GraphqlRequest request, Answer answer) {
        var requestContext = Arc.container().requestContext();
        requestContext.activate();
        try {
            var settings =
                    new HashMap<String, Object>(Map.of("runBlocking", false, "state", requestContext.getState()));
            introspection.tell(settings);
            execution.executeAsync(request.forExecution(), settings, answer);
        } catch (RuntimeException e) {
            answer.fail(e);
        } finally {
            requestContext.deactivate();
        }
    }

    private record Answer(UniEmitter<? super Outcome> emitter, StreamFailure failure)
            implements ExecutionResponseWriter {
        @Override
        public void write(ExecutionResponse response) {
            emitter.complete(new Outcome(response.getExecutionResult(), failure));
        }

        @Override
        public void fail(Throwable failure) {
            emitter.fail(failure);
        }
    }
}
