package io.agencyos.graphql;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import jakarta.enterprise.context.ApplicationScoped;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.ParseAndValidate;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.parser.ParserOptions;
import graphql.schema.GraphQLSchema;
import io.vertx.core.json.JsonObject;

/** graphql-java with our execution, and the documents that it has parsed and validated. */
@ApplicationScoped
class Engine {

    /** Under which the context has the place behind which a query is to be read. */
    static final String PLACE = "position";

    private static final int KEPT = 2048;

    private final GraphQL graphql;
    private final ParserOptions parsing;
    private final IntrospectionSwitch introspection;
    private final Cache<String, PreparsedDocumentEntry> documents =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    Engine(
            GraphQLSchema schema,
            Wiring wiring,
            GraphqlConfig config,
            IntrospectionSwitch introspection,
            Broadcasts broadcasts) {
        var limits = config.limits();
        this.introspection = introspection;
        parsing = ParserOptions.getDefaultOperationParserOptions()
                .transform(options -> options.maxTokens(limits.tokens()));
        var strategy = new BreadthFirst(
                wiring, new DocumentLimits(limits.depth(), limits.aliases(), limits.cost()), broadcasts, this::heard);
        graphql = GraphQL.newGraphQL(schema)
                .queryExecutionStrategy(strategy)
                .mutationExecutionStrategy(strategy)
                .subscriptionExecutionStrategy(strategy)
                .preparsedDocumentProvider((input, parse) -> CompletableFuture.completedFuture(
                        documents.get(input.getQuery(), x -> SubscriptionRoot.check(parse.apply(input)))))
                .build();
    }

    /** Runs an operation, or subscribes to it; what it spends stands in its context afterwards. */
    CompletableFuture<ExecutionResult> execute(ExecutionInput input) {
        return graphql.executeAsync(input);
    }

    /** What an event of the subscription {@code input} came to, before anybody is told. */
    ExecutionResult heard(ExecutionInput input, ExecutionResult result) {
        return result;
    }

    ExecutionInput input(GraphqlRequest request) {
        var variables = request.variables() == null ? new JsonObject() : request.variables();
        var input = ExecutionInput.newExecutionInput(request.query())
                .operationName(request.operationName())
                .variables(variables.getMap())
                .graphQLContext(Map.of(
                        ParserOptions.class,
                        parsing,
                        ParseAndValidate.INTERNAL_VALIDATION_PREDICATE_HINT,
                        SubscriptionRoot.OTHER_RULES))
                .build();
        introspection.tell(input.getGraphQLContext());
        if (request.place() != null) input.getGraphQLContext().put(PLACE, request.place());
        return input;
    }
}
