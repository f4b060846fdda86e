package io.agencyos.graphql;

import java.util.Map;

import graphql.GraphQL;
import graphql.analysis.FieldComplexityEnvironment;
import graphql.analysis.MaxQueryComplexityInstrumentation;
import graphql.execution.AbortExecutionException;
import graphql.execution.instrumentation.ChainedInstrumentation;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * What an operation may cost at most: one for each field, times the rows that the lists around it were asked for. It is
 * counted before anything runs, so a query that goes round in circles is refused and not tried.
 */
final class QueryCost {

    private QueryCost() {}

    /** Refuses operations beyond {@code agency.limits.cost} with LIMIT_EXCEEDED. */
    static GraphQL.Builder limit(GraphQL.Builder builder) {
        var most = ConfigProvider.getConfig().getValue("agency.limits.cost", Integer.class);
        var limit = new MaxQueryComplexityInstrumentation(most, QueryCost::of, info -> {
            throw new AbortExecutionException("The operation costs " + info.getComplexity() + ", the most is " + most);
        });
        var stock = builder.build().getInstrumentation();
        return builder.instrumentation(new ChainedInstrumentation(stock, limit));
    }

    private static int of(FieldComplexityEnvironment field, int within) {
        var each = 1 + within;
        var isList = field.getFieldDefinition().getArgument("first") != null;
        // beyond an int is beyond any limit
        return isList ? (int) Math.min(Integer.MAX_VALUE / 2, (long) rows(field.getArguments()) * each) : each;
    }

    private static int rows(Map<String, Object> arguments) {
        var asked = arguments.get("last") != null ? arguments.get("last") : arguments.get("first");
        return asked instanceof Integer size ? Math.max(1, size) : io.agencyos.db.Page.DEFAULT_SIZE;
    }
}
