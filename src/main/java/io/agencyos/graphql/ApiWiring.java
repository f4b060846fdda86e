package io.agencyos.graphql;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import jakarta.inject.Singleton;
import jakarta.persistence.Entity;

import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import io.agencyos.db.SameForStaff;
import io.smallrye.graphql.schema.model.Operation;
import io.smallrye.graphql.schema.model.Schema;

/**
 * The wiring of our API: the annotated methods in SmallRye's model of it, and the properties of the classes they
 * answer. All methods are looked up at the start, so that one that cannot be executed is refused there.
 */
@Singleton
final class ApiWiring implements Wiring {

    private final Schema model;
    private final Map<String, ApiMethod> methods = new HashMap<>();

    ApiWiring(Schema model) {
        this.model = model;
        addRoots("Query", model.getQueries());
        addRoots("Mutation", model.getMutations());
        addRoots("Subscription", model.getSubscriptions());
        model.getTypes().values().forEach(type -> {
            type.getOperations().values().forEach(ApiMethod::refuseSingle);
            type.getBatchOperations().forEach((name, operation) -> add(type.getName(), operation, true));
        });
    }

    /** What is no row is made of rows, on which it depends then. */
    @Override
    public boolean isSameForStaff(GraphQLObjectType type) {
        var described = model.getTypes().get(type.getName());
        if (described == null) return true;
        var rows = ApiProperty.owner(described.getClassName());
        return !rows.isAnnotationPresent(Entity.class) || rows.isAnnotationPresent(SameForStaff.class);
    }

    private void addRoots(String type, Set<Operation> operations) {
        operations.forEach(operation -> add(type, operation, false));
    }

    private void add(String type, Operation operation, boolean batch) {
        methods.put(type + "." + operation.getName(), new ApiMethod(operation, batch));
    }

    @Override
    public FieldSource source(GraphQLObjectType parent, GraphQLFieldDefinition field) {
        var method = methods.get(parent.getName() + "." + field.getName());
        if (method != null) return method;
        var type = model.getTypes().get(parent.getName());
        return new ApiProperty(type, type.getFields().get(field.getName()), field.getType());
    }
}
