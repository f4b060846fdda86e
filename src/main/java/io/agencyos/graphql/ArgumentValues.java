package io.agencyos.graphql;

import java.util.Map;

import graphql.execution.ExecutionContext;
import graphql.execution.MergedField;
import graphql.execution.ValuesResolver;
import graphql.language.ArrayValue;
import graphql.language.ObjectValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.GraphQLFieldDefinition;

/** A field's arguments out of the document and the variables, coerced by graphql-java. */
final class ArgumentValues {

    private ArgumentValues() {}

    /** By name; what was not sent and has no default is not there. */
    static Map<String, Object> of(ExecutionContext context, GraphQLFieldDefinition definition, MergedField merged) {
        if (definition.getArguments().isEmpty()) return Map.of();
        return ValuesResolver.getArgumentValues(
                context.getGraphQLSchema().getCodeRegistry(),
                definition.getArguments(),
                merged.getArguments(),
                context.getCoercedVariables(),
                context.getGraphQLContext(),
                context.getLocale());
    }

    /** Whether a variable is among them. */
    static boolean fromVariables(MergedField merged) {
        return merged.getArguments().stream().anyMatch(argument -> hasVariable(argument.getValue()));
    }

    private static boolean hasVariable(Value<?> value) {
        if (value instanceof ArrayValue array) return array.getValues().stream().anyMatch(ArgumentValues::hasVariable);
        if (value instanceof ObjectValue object)
            return object.getObjectFields().stream().anyMatch(field -> hasVariable(field.getValue()));
        return value instanceof VariableReference;
    }
}
