package io.agencyos.graphql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import graphql.execution.ExecutionContext;
import graphql.execution.MergedSelectionSet;
import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.Document;
import graphql.language.Node;
import graphql.language.OperationDefinition;
import graphql.language.VariableReference;
import graphql.schema.GraphQLObjectType;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The plans made so far: one for each operation and each outcome of its {@code @skip} and {@code @include}. Caffeine
 * finds the classes of a cache by their names.
 */
@RegisterForReflection(
        classNames = {"com.github.benmanes.caffeine.cache.WSMS", "com.github.benmanes.caffeine.cache.FSMS"})
final class Plans {

    private static final int KEPT = 2048;

    /** graphql-java's nodes are equal only to themselves, which is what a key of a document that is kept needs. */
    private record Key(OperationDefinition operation, List<Object> conditions) {}

    private final Cache<Key, Plan> plans =
            Caffeine.newBuilder().maximumSize(KEPT).build();
    private final Cache<Document, Set<String>> conditions =
            Caffeine.newBuilder().weakKeys().maximumSize(KEPT).build();
    private final Wiring wiring;
    private final DocumentLimits limits;

    Plans(Wiring wiring, DocumentLimits limits) {
        this.wiring = wiring;
        this.limits = limits;
    }

    /**
     * The plan of the operation of {@code context}.
     *
     * @throws graphql.execution.AbortExecutionException when the document is beyond a limit
     */
    Plan of(ExecutionContext context, GraphQLObjectType root, MergedSelectionSet wanted) {
        var key = new Key(context.getOperationDefinition(), conditions(context));
        return plans.get(key, x -> new Planner(wiring, limits, context).plan(root, wanted));
    }

    private List<Object> conditions(ExecutionContext context) {
        var names = conditions.get(context.getDocument(), Plans::conditionNames);
        var values = new ArrayList<>(names.size());
        for (var name : names) values.add(context.getCoercedVariables().get(name));
        return values;
    }

    private static Set<String> conditionNames(Document document) {
        var names = new HashSet<String>();
        collect(document, names);
        return names;
    }

    private static void collect(Node<?> node, Set<String> names) {
        if (node instanceof DirectivesContainer<?> place)
            place.getDirectives().forEach(directive -> add(directive, names));
        node.getChildren().forEach(child -> collect(child, names));
    }

    private static void add(Directive directive, Set<String> names) {
        for (var argument : directive.getArguments())
            if (argument.getValue() instanceof VariableReference variable) names.add(variable.getName());
    }
}
