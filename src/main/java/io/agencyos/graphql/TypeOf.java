package io.agencyos.graphql;

import java.util.Map;

import graphql.TypeResolutionEnvironment;
import graphql.execution.ExecutionContext;
import graphql.execution.TypeResolutionParameters;
import graphql.execution.UnresolvedTypeException;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLNamedOutputType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLUnionType;
import graphql.schema.TypeResolver;

/** Finds the concrete type of an object. */
final class TypeOf {

    private final ExecutionContext execution;

    TypeOf(ExecutionContext execution) {
        this.execution = execution;
    }

    /**
     * The concrete type of {@code value}.
     *
     * @throws UnresolvedTypeException when it is none that its place may hold
     */
    GraphQLObjectType object(Shape shape, Object value) {
        if (shape.type() instanceof GraphQLObjectType object) return object;
        var resolved = resolver(shape).getType(environment(shape, value));
        if (shape.selections().containsKey(resolved)) return resolved;
        throw new UnresolvedTypeException(
                value.getClass().getName() + " is no type of this place", (GraphQLNamedOutputType) shape.type());
    }

    private TypeResolver resolver(Shape shape) {
        var code = execution.getGraphQLSchema().getCodeRegistry();
        return shape.type() instanceof GraphQLInterfaceType shared
                ? code.getTypeResolver(shared)
                : code.getTypeResolver((GraphQLUnionType) shape.type());
    }

    private TypeResolutionEnvironment environment(Shape shape, Object value) {
        return TypeResolutionParameters.newParameters()
                .value(value)
                .fieldType(shape.type())
                .argumentValues(Map::of)
                .graphQLContext(execution.getGraphQLContext())
                .schema(execution.getGraphQLSchema())
                .build();
    }
}
