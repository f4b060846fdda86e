package io.agencyos.graphql;

import java.util.HashMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import graphql.ExecutionResult;
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
    private final Vertx vertx;

    Operations(ExecutionService execution, Vertx vertx) {
        this.execution = execution;
        this.vertx = vertx;
    }

    /** Runs one operation as {@code actor} (null: nobody), in a Vert.x context of its own. */
    Uni<ExecutionResult> run(GraphqlRequest request, Actor actor) {
        return Uni.createFrom().emitter(emitter -> {
            var context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
            VertxContextSafetyToggle.setContextSafe(context, true);
            CurrentActor.set(context, actor);
            context.runOnContext(x -> execute(request, emitter));
        });
    }

    private void execute(GraphqlRequest request, UniEmitter<? super ExecutionResult> emitter) {
        var requestContext = Arc.container().requestContext();
        requestContext.activate();
        try {
            var settings =
                    new HashMap<String, Object>(Map.of("runBlocking", false, "state", requestContext.getState()));
            execution.executeAsync(request.forExecution(), settings, new Answer(emitter));
        } catch (RuntimeException e) {
            emitter.fail(e);
        } finally {
            requestContext.deactivate();
        }
    }

    private record Answer(UniEmitter<? super ExecutionResult> emitter) implements ExecutionResponseWriter {
        @Override
        public void write(ExecutionResponse response) {
            emitter.complete(response.getExecutionResult());
        }

        @Override
        public void fail(Throwable failure) {
            emitter.fail(failure);
        }
    }
}
